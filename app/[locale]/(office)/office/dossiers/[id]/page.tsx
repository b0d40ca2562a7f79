import { getLocale, getTranslations } from 'next-intl/server';
import { AnswersCard, RequestsCard } from '#app/_parts/answers-card.tsx';
import { ClockSummary } from '#app/_parts/clock-summary.tsx';
import { MessagesCard } from '#app/_parts/messages-card.tsx';
import { OfficePayment } from '#app/_parts/office-payment.tsx';
import { LicenceTag } from '#app/_parts/registers/licence-tag.tsx';
import { toneOfState } from '#app/_parts/state-tone.ts';
import { TimelineOf } from '#app/_parts/timeline-of.tsx';
import { officeDossier } from '#app/_server/dossiers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card, DocumentCard } from '#app/_ui/cards.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Details, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { Steps } from '#app/_ui/timeline.tsx';
import type { Locale } from '#i18n/routing.ts';
import { now } from '#server/platform/clock.ts';
import { addNote, claim } from './actions.ts';
import { DeskActs, Proposals } from './desk-acts.tsx';
import { pageOfStep } from './page-of-step.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  const { code, title } = await officeDossier((await params).id);
  return { title: `${title} · ${code}` };
}

/** A dossier on an official's desk: what to do, its clock, one timeline, what was filed. */
export default async function OfficeDossier({ params }: Props) {
  const [{ id }, t, queue, bundle, locale] = await Promise.all([
    params,
    getTranslations('dossiers'),
    getTranslations('queue'),
    getTranslations('bundle'),
    getLocale() as Promise<Locale>,
  ]);
  const dossier = await officeDossier(id);
  const base = `/office/dossiers/${id}`;
  return (
    <>
      <Breadcrumbs items={[{ href: '/office', label: queue('scopes.mine') }, { label: dossier.code }]} />
      <PageTitle
        above={`${dossier.code} · ${dossier.procedureTitle[locale]}`}
        title={dossier.title}
        below={
          <>
            <Tag tone={toneOfState(dossier.state)}>{t(`states.${dossier.state}`)}</Tag>
            {dossier.renews && (
              <p className="hint">
                {t('renews', { number: dossier.renews.number })} <LicenceTag status={dossier.renews.status} />
              </p>
            )}
          </>
        }
        actions={dossier.waiting.map((each) => {
          const page = dossier.mySteps.includes(each.node) ? pageOfStep(each.node) : null;
          return page ? (
            <LinkButton key={each.node} href={`${base}/${page}`}>
              {t(`steps.${each.node}`)}
            </LinkButton>
          ) : null;
        })}
      />
      {dossier.phases.length > 0 && (
        <Steps
          steps={dossier.phases.map((phase) => ({
            label: phase.title[locale],
            state: phase.state === 'current' ? 'now' : phase.state === 'done' ? 'done' : 'todo',
          }))}
        />
      )}
      <div className="columns">
        <div className="stack">
          <h2>{t('history')}</h2>
          <TimelineOf entries={dossier.timeline} now={now()} side="office" />
          <RequestsCard dossier={dossier} />
          <AnswersCard dossier={dossier} />
        </div>
        <aside className="stack">
          <Proposals dossier={dossier} />
          {dossier.clock && (
            <ClockSummary clock={dossier.clock} href={`${base}/clock`} settled={dossier.stateNumber >= 9} />
          )}
          {dossier.waiting.map((each) => (
            <Card key={each.node} title={t('holds.title')}>
              <p>{each.assigneeName ?? t(`roles.${each.role ?? 'officer'}`)}</p>
              <p className="hint">
                {t(`steps.${each.node}`)}
                {each.dueAt && ` · ${t('holds.due', { date: formatDate(each.dueAt) })}`}
              </p>
              {dossier.mySteps.includes(each.node) && !each.assigneeName && (
                <ActionForm action={claim.bind(null, id)} className="" label={t('office.claim')}>
                  <SubmitButton kind="quiet" small>
                    {t('office.claim')}
                  </SubmitButton>
                </ActionForm>
              )}
            </Card>
          ))}
          <MessagesCard href={`${base}/messages`} unread={dossier.unread} side="office" />
          <Card title={t('office.applicant')}>
            <p>{dossier.applicantName}</p>
            <p className="hint">{t('office.filed', { date: formatDate(dossier.filedAt) })}</p>
          </Card>
          <OfficePayment dossierId={id} />
          {dossier.result && (
            <Card title={t('result.title')}>
              <DocumentCard
                title={t(`outcomes.${dossier.result.kind}`)}
                href={`/api/files/${dossier.result.fileId}`}
                detail={
                  dossier.result.number ? t('result.number', { number: dossier.result.number }) : t('office.notIssued')
                }
              />
            </Card>
          )}
          <DeskActs dossier={dossier} />
          <p>
            <a href={`/api/dossiers/${id}/bundle`} download>
              {bundle('download')}
            </a>
          </p>
          <Details summary={t('office.addNote')}>
            <ActionForm action={addNote.bind(null, id)} label={t('office.addNote')}>
              <TextArea name="text" label={t('office.note')} hint={t('internal')} rows={3} />
              <SubmitButton kind="quiet">{t('office.addNote')}</SubmitButton>
            </ActionForm>
          </Details>
        </aside>
      </div>
    </>
  );
}
