import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { SearchBox } from '#app/_ui/search-box.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('demo.mailbox'))('title'), robots: { index: false } };
}

/** Every mail of the demo; not found elsewhere. */
export default async function DemoMailbox({ searchParams }: { searchParams: Promise<{ q?: string; page?: string }> }) {
  const [t, { q = '', page = '1' }] = await Promise.all([getTranslations('demo.mailbox'), searchParams]);
  const list = await read((api) =>
    api.notifications.mails({ q: q.slice(0, 200), page: Math.max(1, Number.parseInt(page, 10) || 1) }),
  );
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack">
        <SearchBox action="/demo/mailbox" label={t('search')} placeholder={t('search')} defaultValue={q} />
        <DataTable
          caption={t('list')}
          hideCaption
          empty={<EmptyState title={q ? t('nothingFound', { q }) : t('empty')} />}
          columns={[
            { key: 'subject', label: t('subject') },
            { key: 'to', label: t('to') },
            { key: 'at', label: t('at') },
          ]}
          rows={list.items.map((mail) => ({
            id: mail.id,
            cells: {
              subject: <Link href={`/demo/mailbox/${mail.id}`}>{mail.subject}</Link>,
              to: mail.to,
              at: <DateText value={mail.createdAt} time />,
            },
          }))}
        />
        {list.total > 0 && (
          <Pagination
            page={list.page}
            pageSize={list.pageSize}
            total={list.total}
            href={(one) => `/demo/mailbox?${new URLSearchParams({ q, page: String(one) })}`}
          />
        )}
      </div>
    </Page>
  );
}
