import { getLocale, getTranslations } from 'next-intl/server';
import { ClockSummary } from '#app/_parts/clock-summary.tsx';
import { MessagesCard } from '#app/_parts/messages-card.tsx';
import { PaymentPanel } from '#app/_parts/payment-panel.tsx';
import { RefreshWhileWaiting } from '#app/_parts/refresh-while-waiting.tsx';
import { LicenceTag } from '#app/_parts/registers/licence-tag.tsx';
import { toneOfState } from '#app/_parts/state-tone.ts';
import { TimelineOf } from '#app/_parts/timeline-of.tsx';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card, DocumentCard } from '#app/_ui/cards.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { formatDate, formatDateTime, formatWeekday } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { Steps } from '#app/_ui/timeline.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { Locale } from '#i18n/routing.ts';
import type { MyDossierView } from '#server/dossiers/index.ts';
import { withdrawableStates } from '#server/dossiers/rules.ts';
import { now } from '#server/platform/clock.ts';
import { env } from '#server/platform/env.ts';
import { collectResult, rateDossier } from './actions.ts';
import { Lapsed } from './lapsed.tsx';

/** Where a filed dossier stands, in plain words: what you must do, who holds it, since when, due when. */
export async function DossierStatus({ dossier }: { dossier: MyDossierView }) {
  const [t, tDeadlines, bundle, locale] = await Promise.all([
    getTranslations('dossiers'),
    getTranslations('deadlines'),
    getTranslations('bundle'),
    getLocale() as Promise<Locale>,
  ]);
  const base = `/my/dossiers/${dossier.id}`;
  const { openRequest, result, payment } = dossier;
  return (
    <Page>
      <Breadcrumbs items={[{ href: '/my', label: t('my.title') }, { label: dossier.code }]} />
      <PageTitle
        above={`${dossier.code} · ${dossier.procedureTitle[locale]}`}
        title={dossier.title}
        below={
          <>
            <Tag tone={toneOfState(dossier.state)}>{t(`states.${dossier.state}`)}</Tag>
            {dossier.waiting.map((each) => (
              <p key={each.node}>
                {each.role === 'applicant'
                  ? t('holds.you', { step: t(`steps.${each.node}`) })
                  : t('holds.by', {
                      who: `${t(`roles.${each.role ?? 'officer'}`)}, ${dossier.authorityName}`,
                      step: t(`steps.${each.node}`),
                    })}
                {dossier.clock?.dueAt &&
                  dossier.clock.state === 'running' &&
                  ` ${t('holds.result', { date: formatWeekday(dossier.clock.dueAt, locale) })}`}
              </p>
            ))}
            {dossier.renews && (
              <p className="hint">
                {t('renews', { number: dossier.renews.number })} <LicenceTag status={dossier.renews.status} />
              </p>
            )}
          </>
        }
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
          {payment?.status === 'pending' && (
            <PaymentPanel payment={payment} here={localePath(locale, base)} demo={env().demo} />
          )}
          {dossier.lapsed && <Lapsed lapsed={dossier.lapsed} procedureKey={dossier.procedureKey} />}
          {openRequest && (
            <Notice tone="wait" title={t(`request.${openRequest.kind}`)}>
              <p>
                {t('request.before', {
                  date: formatDateTime(openRequest.answerDueAt),
                  count: openRequest.items.length,
                })}
              </p>
              <LinkButton href={`${base}/request`}>{t('request.answer')}</LinkButton>
            </Notice>
          )}
          {result && (
            <Card title={t('result.title')}>
              <DocumentCard
                title={t(`outcomes.${result.kind}`)}
                href={`/api/files/${result.fileId}`}
                detail={result.number ? t('result.number', { number: result.number }) : null}
                actions={
                  <LinkButton href={`/verify/${result.verifyCode}`} kind="quiet" small>
                    {t('result.verify')}
                  </LinkButton>
                }
              />
              {dossier.state === 'processed' && (
                <ActionForm action={collectResult.bind(null, dossier.id)} label={t('result.collect')}>
                  <SubmitButton>{t('result.collect')}</SubmitButton>
                </ActionForm>
              )}
              {!result.rated && (
                <ActionForm action={rateDossier.bind(null, dossier.id)} label={t('rating.title')}>
                  <Radios
                    name="score"
                    label={t('rating.title')}
                    options={(['very-satisfied', 'satisfied', 'not-satisfied'] as const).map((score) => ({
                      value: score,
                      label: t(`scores.${score}`),
                    }))}
                  />
                  <TextArea name="comment" label={t('rating.comment')} optional rows={3} maxLength={2000} />
                  <SubmitButton kind="quiet">{t('rating.send')}</SubmitButton>
                </ActionForm>
              )}
            </Card>
          )}
          <h2>{t('history')}</h2>
          <TimelineOf entries={dossier.timeline} now={now()} side="applicant" />
          {dossier.waiting.length === 0 &&
            dossier.stateNumber < 9 &&
            ![3, 7, 8].includes(dossier.stateNumber) &&
            payment?.status !== 'pending' && <RefreshWhileWaiting seconds={3} />}
        </div>
        <aside className="stack">
          {payment && payment.status !== 'pending' && (
            <PaymentPanel payment={payment} here={localePath(locale, base)} demo={env().demo} />
          )}
          {dossier.clock && (
            <ClockSummary clock={dossier.clock} href={`${base}/clock`} settled={dossier.stateNumber >= 9} />
          )}
          {dossier.waiting.map((each) => (
            <Card key={each.node} title={t('holds.title')}>
              <p>
                {each.role === 'applicant'
                  ? t('you')
                  : `${t(`roles.${each.role ?? 'officer'}`)}, ${dossier.authorityName}`}
              </p>
              <p className="hint">
                {t(`steps.${each.node}`)} · {t('holds.since', { date: formatDate(each.since) })}
                {each.dueAt &&
                  ` · ${t('holds.due', { date: each.role === 'applicant' ? formatDateTime(each.dueAt) : formatDate(each.dueAt) })}`}
              </p>
            </Card>
          ))}
          <MessagesCard href={`${base}/messages`} unread={dossier.unread} side="applicant" />
          <Card title={bundle('title')}>
            <p>{bundle('hint')}</p>
            <p>
              <a href={`/api/dossiers/${dossier.id}/bundle`} download>
                {bundle('download')}
              </a>
            </p>
          </Card>
          <Card title={t('tracking.title')}>
            <p>
              {t('tracking.secret')} <b className="code">{dossier.trackingSecret}</b>
            </p>
            <p className="hint">{t('tracking.hint')}</p>
          </Card>
          {dossier.supplements > 0 && (
            <Card title={tDeadlines('supplement.count')}>
              <p>{tDeadlines('supplement.times', { count: dossier.supplements })}</p>
            </Card>
          )}
          {withdrawableStates.some((state) => state === dossier.stateNumber) && (
            <p>
              <Link href={`${base}/withdraw`}>{t('withdraw.open')}</Link>
            </p>
          )}
        </aside>
      </div>
    </Page>
  );
}
