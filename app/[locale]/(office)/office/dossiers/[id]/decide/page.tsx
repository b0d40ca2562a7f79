import { getLocale, getTranslations } from 'next-intl/server';
import { AnswersCard, RequestsCard } from '#app/_parts/answers-card.tsx';
import { ClockSummary } from '#app/_parts/clock-summary.tsx';
import { officeDossier } from '#app/_server/dossiers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { formatDate, formatDateTime } from '#app/_ui/format.ts';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState, InsetText } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { Locale } from '#i18n/routing.ts';
import { decideProposal } from '../desk-actions.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  const [{ id }, t] = await Promise.all([params, getTranslations('deadlines.decision')]);
  return { title: `${t('decision')} · ${(await officeDossier(id)).code}` };
}

/** The leader's word on what an official proposed: a further supplement, or an apology with a new appointment. */
export default async function DecidePage({ params }: Props) {
  const [{ id }, t, tDossiers, tQueue, locale] = await Promise.all([
    params,
    getTranslations('deadlines.decision'),
    getTranslations('dossiers'),
    getTranslations('queue'),
    getLocale() as Promise<Locale>,
  ]);
  const dossier = await officeDossier(id);
  const proposals = dossier.proposals.filter((proposal) => proposal.mine);
  const title = proposals[0] ? t(`${proposals[0].kind}Title`) : t('decision');
  return (
    <>
      <Breadcrumbs
        items={[
          { href: '/office', label: tQueue('scopes.mine') },
          { href: `/office/dossiers/${id}`, label: dossier.code },
          { label: title },
        ]}
      />
      <PageTitle title={title} above={`${dossier.code} · ${dossier.title}`} />
      {proposals.length === 0 && (
        <EmptyState title={t('none')}>
          <LinkButton href={`/office/dossiers/${id}`} kind="quiet">
            {tDossiers('office.backToDossier')}
          </LinkButton>
        </EmptyState>
      )}
      <div className="columns">
        <div className="stack-l">
          {proposals.map((proposal) => (
            <section key={proposal.id} className="stack">
              {proposals.length > 1 && <h2>{t(`${proposal.kind}Title`)}</h2>}
              <p className="hint">
                {t('proposedBy', { name: proposal.proposedByName, at: formatDateTime(proposal.proposedAt) })}
              </p>
              <h3>{t('why')}</h3>
              <InsetText>{proposal.reason}</InsetText>
              {proposal.days !== null && (
                <p>
                  {t('days', { days: proposal.days })}
                  {dossier.dueAt && ` · ${t('presentDue', { date: formatDate(dossier.dueAt) })}`}
                </p>
              )}
              {proposal.items.length > 0 && (
                <>
                  <h3>{t('items')}</h3>
                  <ol>
                    {proposal.items.map((item) => (
                      <li key={`${item.kind}:${item.target}`}>
                        <b>{item.label[locale]}</b>: {item.note}
                        {item.legalGround && <span className="hint"> {t('ground', { ground: item.legalGround })}</span>}
                      </li>
                    ))}
                  </ol>
                </>
              )}
              <ActionForm action={decideProposal.bind(null, id)} label={t('decision')} id={proposal.kind}>
                <input type="hidden" name="kind" value={proposal.kind} />
                <Radios
                  name="approve"
                  label={t('decision')}
                  options={[
                    { value: 'yes', label: t('approve') },
                    { value: 'no', label: t('refuse') },
                  ]}
                />
                <TextArea name="reason" label={t('reason')} hint={t('reasonHint')} rows={4} maxLength={2000} />
                <SubmitButton>{t('submit')}</SubmitButton>
              </ActionForm>
            </section>
          ))}
        </div>
        <aside className="stack">
          {dossier.clock && <ClockSummary clock={dossier.clock} href={`/office/dossiers/${id}/clock`} />}
          <RequestsCard dossier={dossier} />
          <AnswersCard dossier={dossier} />
        </aside>
      </div>
    </>
  );
}
