import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { renameUnitAction } from '../../actions.ts';

interface Unit {
  id: string;
  name: string;
  nameEn: string | null;
  parentId: string | null;
  people: number;
  mayChange: boolean;
}

/** The units as the tree they are; each can be given another name in place. */
export function Units({
  organisationId,
  units,
  parentId = null,
}: {
  organisationId: string;
  units: Unit[];
  parentId?: string | null;
}) {
  const t = useTranslations('administration');
  const here = units.filter((unit) => unit.parentId === parentId);
  if (here.length === 0) return parentId === null ? <p>{t('authority.noUnits')}</p> : null;
  return (
    <ul>
      {here.map((unit) => (
        <li key={unit.id}>
          {unit.name} <span className="hint">({t('authority.people', { count: unit.people })})</span>
          {unit.mayChange && (
            <Details
              summary={
                <>
                  {t('authority.rename')}
                  <span className="hidden-text"> {unit.name}</span>
                </>
              }
            >
              <ActionForm
                id={`unit-${unit.id}`}
                action={renameUnitAction.bind(null, organisationId, unit.id)}
                label={t('authority.renameOf', { name: unit.name })}
              >
                <TextField name="name" label={t('fields.unitName')} defaultValue={unit.name} />
                <TextField name="nameEn" label={t('fields.nameEn')} defaultValue={unit.nameEn ?? ''} optional />
                <SubmitButton kind="quiet" small>
                  {t('authority.rename')}
                </SubmitButton>
              </ActionForm>
            </Details>
          )}
          <Units organisationId={organisationId} units={units} parentId={unit.id} />
        </li>
      ))}
    </ul>
  );
}
