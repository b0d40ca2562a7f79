import { getTranslations } from 'next-intl/server';
import { ChangeTable } from '#app/_parts/registers/change-table.tsx';
import { requestTones } from '#app/_parts/registers/request-table.tsx';
import { changeRequest } from '#app/_server/registers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { decide, withdraw } from './actions.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  return { title: (await changeRequest((await params).id)).number };
}

/** One proposed change beside the entry as it stands now; another person than who proposed it decides here. */
export default async function ChangeRequestPage({ params }: Props) {
  const request = await changeRequest((await params).id);
  const t = await getTranslations('registers');
  const facts = [
    { label: t('request.kind'), value: t(`kinds.${request.kind}`) },
    { label: t('request.from'), value: <DateText value={request.validFrom} /> },
    ...(request.validTo ? [{ label: t('request.to'), value: <DateText value={request.validTo} /> }] : []),
    ...(request.mergeInto
      ? [
          {
            label: t('request.into'),
            value: (
              <Link href={`/registers/${request.register}/${request.mergeInto.id}/history`}>
                {request.mergeInto.title}
              </Link>
            ),
          },
        ]
      : []),
    { label: t('request.reason'), value: request.reason },
    { label: t('request.decision'), value: request.decisionNumber ?? t('history.noDecision') },
    { label: t('request.by'), value: request.proposedBy },
    { label: t('request.at'), value: <DateText value={request.proposedAt} time /> },
    ...(request.decidedBy ? [{ label: t('request.decidedBy'), value: request.decidedBy }] : []),
    ...(request.decisionNote ? [{ label: t('request.note'), value: request.decisionNote }] : []),
  ];
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers' }, { label: request.number }]} />
      <PageTitle
        title={request.title}
        above={request.number}
        below={<Tag tone={requestTones[request.state]}>{t(`states.${request.state}`)}</Tag>}
      />
      <div className="columns">
        <div className="stack-l">
          {request.outdated && <Notice tone="late">{t('request.outdated')}</Notice>}
          <section className="stack">
            <h2>{t(request.mergeInto ? 'request.mergeChanges' : 'request.changes')}</h2>
            {request.mergeInto && <p className="hint">{t('request.mergeHint')}</p>}
            <ChangeTable register={request.register} changes={request.changes} merge={request.mergeInto !== null} />
          </section>
          {request.mayDecide && (
            <section className="stack">
              <h2>{t('request.decide')}</h2>
              <ActionForm action={decide.bind(null, request.id)} label={t('request.decide')}>
                <TextArea name="note" label={t('request.note')} hint={t('request.noteHint')} rows={3} optional />
                <div className="row">
                  {!request.outdated && (
                    <SubmitButton name="decision" value="approve">
                      {t('request.approve')}
                    </SubmitButton>
                  )}
                  <SubmitButton kind="danger" name="decision" value="reject">
                    {t('request.reject')}
                  </SubmitButton>
                </div>
              </ActionForm>
            </section>
          )}
          {request.mayWithdraw && (
            <ActionForm action={withdraw.bind(null, request.id)} label={t('request.withdraw')}>
              <SubmitButton kind="quiet">{t('request.withdraw')}</SubmitButton>
            </ActionForm>
          )}
          {request.state === 'proposed' && !request.mayDecide && <p className="hint">{t('request.notYou')}</p>}
        </div>
        <aside className="stack">
          <Facts items={facts} />
          {request.entryId && (
            <p>
              <Link href={`/registers/${request.register}/${request.entryId}/history`}>{t('request.history')}</Link>
            </p>
          )}
        </aside>
      </div>
    </>
  );
}
