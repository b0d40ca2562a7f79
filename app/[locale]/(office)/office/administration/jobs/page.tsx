import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Details, EmptyState, Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { AdministrationTabs } from '../tabs.tsx';
import { discardJobAction, retryJobAction } from './actions.ts';

type Props = { searchParams: Promise<{ notice?: string | string[] }> };
const notices = ['retried', 'discarded'] as const;
/** By the first part of a job's name. */
const kinds = ['mail', 'file', 'workflow', 'receipt', 'refund', 'payments', 'dossiers', 'licences', 'webhook'] as const;

export async function generateMetadata() {
  return { title: (await getTranslations('operations'))('title') };
}

/** Jobs that failed as often as they may: run again or discarded here. */
export default async function ParkedJobs({ searchParams }: Props) {
  const [t, query] = await Promise.all([getTranslations('operations'), searchParams]);
  const jobs = await read((api) => api.operations.parkedJobs({}));
  const notice = notices.find((one) => one === query.notice);
  return (
    <>
      <PageTitle title={t('title')} below={t('lead')} />
      <AdministrationTabs />
      {notice && (
        <Notice tone="ok" status>
          <p>{t(`notices.${notice}`)}</p>
        </Notice>
      )}
      <DataTable
        caption={t('caption')}
        hideCaption
        empty={<EmptyState title={t('empty')} />}
        columns={[
          { key: 'job', label: t('job') },
          { key: 'failedAt', label: t('failedAt') },
          { key: 'attempts', label: t('attempts'), number: true },
          { key: 'error', label: t('error') },
          { key: 'actions', label: t('actions') },
        ]}
        rows={jobs.map(({ id, name, attempts, lastError, failedAt }) => ({
          id,
          cells: {
            job: (
              <>
                {t(`kinds.${kinds.find((kind) => name.startsWith(`${kind}.`)) ?? 'other'}`)}
                <span className="hint">
                  {' '}
                  {name} · {t('number', { id })}
                </span>
              </>
            ),
            failedAt: <DateText value={failedAt} time />,
            attempts,
            error: <code>{lastError ?? ''}</code>,
            actions: (
              <>
                <ActionForm action={retryJobAction.bind(null, id)} label={t('retryLabel', { id })}>
                  <SubmitButton kind="quiet">
                    {t('retry')}
                    <span className="hidden-text"> {t('number', { id })}</span>
                  </SubmitButton>
                </ActionForm>
                <Details summary={t('discardLabel', { id })}>
                  <ActionForm
                    action={discardJobAction.bind(null, id)}
                    id={`discard-${id}`}
                    label={t('discardLabel', { id })}
                  >
                    <TextArea name="reason" label={t('reason')} hint={t('reasonHint')} rows={2} maxLength={500} />
                    <SubmitButton kind="danger">{t('discard')}</SubmitButton>
                  </ActionForm>
                </Details>
              </>
            ),
          },
        }))}
      />
    </>
  );
}
