import { getTranslations } from 'next-intl/server';
import { refundTones } from '#app/_parts/payment-money.tsx';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { TextArea, TextField } from '#app/_ui/field.tsx';
import { formatDateTime, formatMoney } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { decideRefund, recordRefundSent, retryRefund } from '../../actions.ts';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ done?: string }> };
const notices = ['approved', 'declined', 'sent'] as const;

export async function generateMetadata() {
  return { title: (await getTranslations('refunds'))('one') };
}

/** One refund: where the money came from, who proposed and decided what, and what this official may do. */
export default async function Refund({ params, searchParams }: Props) {
  const [t, say, { id }, { done }] = await Promise.all([
    getTranslations('refunds'),
    getTranslations(),
    params,
    searchParams,
  ]);
  const refund = await read((api) => api.payments.refund({ refundId: id }));
  const notice = notices.find((one) => one === done);
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), href: '/office/payments/refunds' }, { label: t('one') }]} />
      <PageTitle
        title={t('refundLine', { amount: formatMoney(refund.amount), ground: t(`grounds.${refund.ground}`) })}
        above={refund.organisationName}
        below={<Tag tone={refundTones[refund.state]}>{t(`states.${refund.state}`)}</Tag>}
      />
      <div className="stack">
        {notice && (
          <Notice tone="ok" status>
            <p>{t(`done.${notice}`)}</p>
          </Notice>
        )}
        {refund.failure && (
          <Notice tone="late" title={t('failedTitle')}>
            <p>{say.has(refund.failure as never) ? say(refund.failure as never) : t('errors.bankUnanswered')}</p>
          </Notice>
        )}
        <Card title={t('facts')}>
          <Facts
            items={[
              {
                label: t('dossier'),
                value: refund.dossierId ? (
                  <Link href={`/office/dossiers/${refund.dossierId}`}>{refund.subjectCode ?? ''}</Link>
                ) : (
                  t('unplaced')
                ),
              },
              { label: t('payer'), value: refund.payerName ?? t('unplaced') },
              {
                label: t('transfer'),
                value: t('transferLine', {
                  amount: formatMoney(refund.transfer.amount),
                  date: formatDateTime(refund.transfer.at),
                  reference: refund.transfer.reference ?? '',
                }),
              },
              { label: t('outcome'), value: t(`outcomes.${refund.transfer.outcome}`) },
              { label: t('proposedBy'), value: refund.proposedByName ?? t('byRule') },
              { label: t('proposedAt'), value: formatDateTime(refund.proposedAt) },
              ...(refund.reason ? [{ label: t('reason'), value: refund.reason }] : []),
              ...(refund.decidedAt
                ? [
                    { label: t('decidedBy'), value: refund.decidedByName ?? '' },
                    { label: t('decidedAt'), value: formatDateTime(refund.decidedAt) },
                  ]
                : []),
              ...(refund.decisionNote ? [{ label: t('note'), value: refund.decisionNote }] : []),
              ...(refund.sentAt
                ? [{ label: t('sentAt'), value: `${formatDateTime(refund.sentAt)}, ${refund.bankReference}` }]
                : []),
            ]}
          />
        </Card>
        {refund.mayDecide && (
          <ActionForm action={decideRefund.bind(null, id)} label={t('decide')}>
            <h2>{t('decide')}</h2>
            <TextArea name="note" label={t('note')} hint={t('noteHint')} rows={3} optional />
            <div className="row">
              <SubmitButton name="decision" value="approve">
                {t('approve', { amount: formatMoney(refund.amount) })}
              </SubmitButton>
              <SubmitButton name="decision" value="decline" kind="danger">
                {t('decline')}
              </SubmitButton>
            </div>
          </ActionForm>
        )}
        {refund.mayRetry && (
          <ActionForm action={retryRefund.bind(null, id)} label={t('retry')}>
            <SubmitButton>{t('retry')}</SubmitButton>
          </ActionForm>
        )}
        {refund.mayRecord && (
          <ActionForm action={recordRefundSent.bind(null, id)} label={t('record')}>
            <h2>{t('record')}</h2>
            <p>{t('recordHint')}</p>
            <TextField name="bankReference" label={t('bankReference')} width={20} autoComplete="off" />
            <SubmitButton>{t('record')}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </>
  );
}
