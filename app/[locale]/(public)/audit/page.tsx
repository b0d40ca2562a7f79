import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { Card } from '#app/_ui/cards.tsx';
import { Copyable } from '#app/_ui/copyable.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('audit'))('title') };
}

/** The published heads of the audit log: whoever keeps a copy of one can prove a later change. */
export default async function AuditHeads({ searchParams }: { searchParams: Promise<{ page?: string }> }) {
  const [t, { page = '1' }] = await Promise.all([getTranslations('audit'), searchParams]);
  const list = await read((api) => api.exchange.auditHeads({ page: Math.max(1, Number.parseInt(page, 10) || 1) }));
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack-l">
        <Card title={t('key')}>
          <p>{t('keyHint')}</p>
          <p className="code">
            <Copyable text={list.key.fingerprint} label={t('fingerprint')} />
          </p>
          <p>{t('check')}</p>
          <p>
            <a href="/verify-bundle.mjs" download>
              {t('checker')}
            </a>
          </p>
        </Card>
        <DataTable
          caption={t('list')}
          empty={<EmptyState title={t('empty')} />}
          columns={[
            { key: 'ordinal', label: t('ordinal') },
            { key: 'at', label: t('at') },
            { key: 'rows', label: t('rows') },
            { key: 'root', label: t('root') },
            { key: 'timestamp', label: t('timestamp') },
          ]}
          rows={list.items.map(({ statement, timestamp }) => ({
            id: String(statement.ordinal),
            cells: {
              ordinal: (
                <a href={`/api/v1/audit-heads/${statement.ordinal}`}>{t('head', { ordinal: statement.ordinal })}</a>
              ),
              at: <DateText value={new Date(statement.at)} time />,
              rows: `${statement.firstRow}–${statement.lastRow}`,
              root: <span className="code">{statement.treeRoot}</span>,
              timestamp: t(timestamp ? 'yes' : 'no'),
            },
          }))}
        />
        {list.total > list.pageSize && (
          <Pagination
            page={list.page}
            pageSize={list.pageSize}
            total={list.total}
            href={(one) => `/audit?page=${one}`}
          />
        )}
      </div>
    </Page>
  );
}
