import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { removeRepresentativeAction } from './actions.ts';

interface Person {
  id: string;
  name: string;
  email: string;
  part: 'owner' | 'representative';
}

/** Who may act for a business; an owner can take that back from representatives. */
export function People(props: { organisationId: string; people: Person[]; owner: boolean }) {
  const t = useTranslations('identity.organisations');
  const fields = useTranslations('identity.fields');
  return (
    <DataTable
      caption={t('people')}
      hideCaption
      columns={[
        { key: 'name', label: t('person') },
        { key: 'email', label: fields('email') },
        { key: 'part', label: t('part') },
        ...(props.owner ? [{ key: 'remove', label: t('remove') }] : []),
      ]}
      rows={props.people.map((person) => ({
        id: person.id,
        cells: {
          name: person.name,
          email: person.email,
          part: t(person.part),
          remove: person.part === 'representative' && (
            <ActionForm
              action={removeRepresentativeAction.bind(null, props.organisationId, person.id)}
              label={t('removeOf', { name: person.name })}
              className="row"
            >
              <SubmitButton kind="quiet" small>
                {t('remove')}
                <span className="hidden-text"> {person.name}</span>
              </SubmitButton>
            </ActionForm>
          ),
        },
      }))}
    />
  );
}
