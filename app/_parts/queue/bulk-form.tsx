import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { ChooseAll } from '#app/_ui/choose-all.tsx';
import { Select, TextArea } from '#app/_ui/field.tsx';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { TeamMember } from '#server/dossiers/index.ts';
import { bulk } from './queue-actions.ts';

/** The list with ticks: what is ticked is taken, given back or given to somebody together; each row gets its own answer. */
export function BulkForm(props: {
  items: { dossierId: string; title: string; code: string }[];
  /** whom a head may give tasks to; empty for everybody else */
  team: TeamMember[];
  children: ReactNode;
}) {
  const t = useTranslations('queue.bulk');
  return (
    <ActionForm action={bulk} className="stack" label={t('label')}>
      <div className="bulk">
        <ChooseAll name="dossier" />
        <SubmitButton small kind="quiet" name="act" value="claim">
          {t('claim')}
        </SubmitButton>
        <SubmitButton small kind="quiet" name="act" value="release">
          {t('release')}
        </SubmitButton>
        {props.team.length > 0 && <GiveTo team={props.team} />}
      </div>
      {props.items.map((item) => (
        <input
          key={item.dossierId}
          type="hidden"
          name={`name.${item.dossierId}`}
          value={`${item.title} · ${item.code}`}
        />
      ))}
      {props.children}
    </ActionForm>
  );
}

/** To whom and why. */
function GiveTo({ team }: { team: TeamMember[] }) {
  const t = useTranslations('queue.bulk');
  const role = useTranslations('identity.roles');
  return (
    <Details summary={t('reassign')}>
      <div className="row give">
        <Select
          name="toUserId"
          label={t('to')}
          empty={t('choose')}
          options={team.map(({ id, name, roles }) => ({
            value: id,
            label: `${name} (${roles.map((one) => role(one)).join(', ')})`,
          }))}
        />
        {/* Enter in a field of one line would press the first button of the form, which takes the tasks */}
        <TextArea name="reason" label={t('reason')} rows={2} maxLength={1000} />
        <SubmitButton small name="act" value="reassign">
          {t('give')}
        </SubmitButton>
      </div>
    </Details>
  );
}
