import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { FormAction } from '#app/_ui/types.ts';
import type { ImportView } from '#server/registers/index.ts';
import { discardable } from '#server/registers/rules.ts';

interface Steps {
  propose: FormAction;
  decide: FormAction;
  proposeUndo: FormAction;
  discard: FormAction;
}

/** What comes next for a sheet, for whoever may do it. */
export function ImportSteps({ sheet, steps }: { sheet: ImportView; steps: Steps }) {
  const t = useTranslations('registers.imports');
  return (
    <>
      {sheet.state === 'previewed' && <Propose sheet={sheet} action={steps.propose} />}
      {sheet.ownProposal && <p className="hint">{t('propose.waits')}</p>}
      {sheet.mayDecide && <Decide sheet={sheet} action={steps.decide} />}
      {sheet.state === 'written' && (sheet.counts.written ?? 0) > 0 && (
        <section className="stack">
          <h2>{t('undo.title')}</h2>
          <p>{t('undo.intro')}</p>
          <ActionForm action={steps.proposeUndo} label={t('undo.title')}>
            <TextArea name="reason" label={t('propose.reason')} rows={2} />
            <SubmitButton kind="quiet">{t('undo.submit')}</SubmitButton>
          </ActionForm>
        </section>
      )}
      {discardable.includes(sheet.state) && (
        <ActionForm action={steps.discard} label={t('discard')}>
          <SubmitButton kind="text">{t('discard')}</SubmitButton>
        </ActionForm>
      )}
    </>
  );
}

function Propose({ sheet, action }: { sheet: ImportView; action: FormAction }) {
  const t = useTranslations('registers.imports');
  if (sheet.changes === 0) return (sheet.counts.same ?? 0) > 0 ? <Notice tone="ok">{t('unchanged')}</Notice> : null;
  return (
    <section className="stack">
      <h2>{t('propose.title')}</h2>
      <p>{t('propose.changes', { count: sheet.changes })}</p>
      <ActionForm action={action} label={t('propose.title')}>
        <TextArea name="reason" label={t('propose.reason')} rows={2} />
        <SubmitButton>{t('propose.submit')}</SubmitButton>
      </ActionForm>
    </section>
  );
}

function Decide({ sheet, action }: { sheet: ImportView; action: FormAction }) {
  const t = useTranslations('registers');
  return (
    <section className="stack">
      <h2>{t('imports.decide.title')}</h2>
      <p>
        {sheet.state === 'undoProposed'
          ? t('imports.decide.undo', { count: sheet.counts.written ?? 0 })
          : t.rich('imports.decide.write', {
              count: sheet.changes,
              register: t(`names.${sheet.register}` as 'names.drugs'),
              day: () => <DateText value={sheet.validFrom} />,
            })}
      </p>
      <ActionForm action={action} label={t('imports.decide.title')}>
        <TextArea name="note" label={t('imports.decide.note')} hint={t('request.noteHint')} rows={2} optional />
        <div className="row">
          <SubmitButton name="decision" value="approve">
            {t('imports.decide.approve')}
          </SubmitButton>
          <SubmitButton kind="danger" name="decision" value="reject">
            {t('imports.decide.reject')}
          </SubmitButton>
        </div>
      </ActionForm>
    </section>
  );
}
