import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { ChooseAll } from '#app/_ui/choose-all.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { bulk } from './queue-actions.ts';

/** The list with ticks: what is ticked is taken or given back together, and each row gets its own answer. */
export function BulkForm(props: { items: { dossierId: string; title: string; code: string }[]; children: ReactNode }) {
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
