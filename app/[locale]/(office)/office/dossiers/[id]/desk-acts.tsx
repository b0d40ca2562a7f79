import { getTranslations } from 'next-intl/server';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { NumberField, Select, TextArea } from '#app/_ui/field.tsx';
import { formatDateTime } from '#app/_ui/format.ts';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { OfficeDossierView } from '#server/dossiers/index.ts';
import { issueControlSlip, proposeExtension, reassignStep, recallMove, releaseStep } from './desk-actions.ts';

/** What waits for the leader's word, for everybody at the desk; whoever may decide is led to the page that does. */
export async function Proposals({ dossier }: { dossier: OfficeDossierView }) {
  const t = await getTranslations('deadlines.decision');
  return dossier.proposals.map((proposal) => (
    <Card key={proposal.id} title={t(`${proposal.kind}Title`)}>
      <p>{proposal.reason}</p>
      <p className="hint">
        {t('proposedBy', { name: proposal.proposedByName, at: formatDateTime(proposal.proposedAt) })}
      </p>
      {proposal.mine ? (
        <LinkButton href={`/office/dossiers/${dossier.id}/decide`}>{t('open')}</LinkButton>
      ) : (
        <p>{t('waiting')}</p>
      )}
    </Card>
  ));
}

/** What may be done with a dossier besides its steps: give back, hand over, take back, apologise, print the control slip. */
export async function DeskActs({ dossier }: { dossier: OfficeDossierView }) {
  const [t, tSteps] = await Promise.all([getTranslations('deadlines'), getTranslations('dossiers.steps')]);
  const { id, recall, colleagues, extensionDays } = dossier;
  const pendingExtension = dossier.proposals.some((proposal) => proposal.kind === 'extension');
  return (
    <>
      {dossier.onBehalfOf && <p>{t('task.onBehalf', { name: dossier.onBehalfOf })}</p>}
      {recall && (
        <Details summary={t('task.recall')}>
          <ActionForm action={recallMove.bind(null, id)} label={t('task.recall')} id="recall">
            <p>{t('task.recallHint', { step: tSteps(recall.step), time: formatDateTime(recall.until) })}</p>
            <TextArea name="reason" label={t('task.reason')} rows={2} maxLength={1000} />
            <SubmitButton kind="quiet">{t('task.recall')}</SubmitButton>
          </ActionForm>
        </Details>
      )}
      {dossier.holdsTask && (
        <Details summary={t('task.release')}>
          <ActionForm action={releaseStep.bind(null, id)} label={t('task.release')} id="release">
            <p className="hint">{t('task.releaseHint')}</p>
            <TextArea name="reason" label={t('task.reason')} rows={2} maxLength={1000} />
            <SubmitButton kind="quiet">{t('task.release')}</SubmitButton>
          </ActionForm>
        </Details>
      )}
      {colleagues.length > 0 && (
        <Details summary={t('task.reassign')}>
          <ActionForm action={reassignStep.bind(null, id)} label={t('task.reassign')} id="reassign">
            <Select
              name="toUserId"
              label={t('task.colleague')}
              empty={t('task.choose')}
              options={colleagues.map((each) => ({ value: each.id, label: each.name }))}
            />
            <TextArea name="reason" label={t('task.reason')} rows={2} maxLength={1000} />
            <SubmitButton kind="quiet">{t('task.submitReassign')}</SubmitButton>
          </ActionForm>
        </Details>
      )}
      {extensionDays !== null && !pendingExtension && (
        <Details summary={t('extension.title')}>
          <ActionForm action={proposeExtension.bind(null, id)} label={t('extension.title')} id="extension">
            <p className="hint">{t('extension.hint', { days: extensionDays })}</p>
            <NumberField name="days" label={t('extension.days')} width={4} />
            <TextArea name="reason" label={t('extension.reason')} rows={3} maxLength={2000} />
            <SubmitButton kind="quiet">{t('extension.submit')}</SubmitButton>
          </ActionForm>
        </Details>
      )}
      <Details summary={t('slip.control')}>
        <ActionForm action={issueControlSlip.bind(null, id)} label={t('slip.control')} id="control">
          <p className="hint">{t('slip.controlHint')}</p>
          <SubmitButton kind="quiet">{t('slip.issueControl')}</SubmitButton>
        </ActionForm>
      </Details>
    </>
  );
}
