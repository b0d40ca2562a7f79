import { getLocale, getTranslations } from 'next-intl/server';
import { toneOfState } from '#app/_parts/state-tone.ts';
import { Unread } from '#app/_parts/unread.tsx';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate, formatDateTime } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import type { Locale } from '#i18n/routing.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.my'))('title') };
}

/** Everything the person, or the business they act for, has started or filed. */
export default async function MyDossiers({ searchParams }: { searchParams: Promise<{ page?: string }> }) {
  const [t, v, r, locale, { page }] = await Promise.all([
    getTranslations('dossiers'),
    getTranslations('vault'),
    getTranslations('recalls'),
    getLocale() as Promise<Locale>,
    searchParams,
  ]);
  const list = await read((api) => api.dossiers.mine({ page: Number(page ?? 1) || 1 }));
  return (
    <Page>
      <PageTitle
        title={t('my.title')}
        actions={
          <>
            <LinkButton href="/procedures">{t('my.start')}</LinkButton>
            <LinkButton href="/my/papers" kind="quiet">
              {v('link')}
            </LinkButton>
            <LinkButton href="/my/licences" kind="quiet">
              {t('my.licences')}
            </LinkButton>
            <LinkButton href="/my/batches" kind="quiet">
              {r('mine.link')}
            </LinkButton>
            <LinkButton href="/my/equipment" kind="quiet">
              {t('my.equipment')}
            </LinkButton>
          </>
        }
      />
      {list.total === 0 ? (
        <EmptyState title={t('my.empty')}>{t('my.emptyHint')}</EmptyState>
      ) : (
        <DataTable
          caption={t('my.caption', { total: list.total })}
          columns={[
            { key: 'title', label: t('my.dossier') },
            { key: 'state', label: t('my.state') },
            { key: 'date', label: t('my.date') },
            { key: 'due', label: t('my.due') },
          ]}
          rows={list.items.map((row) => ({
            id: row.id,
            cells: {
              title: (
                <>
                  <Link href={`/my/dossiers/${row.id}`}>{row.title ?? row.procedureTitle[locale]}</Link>
                  <small>{row.code ?? (row.title ? row.procedureTitle[locale] : '')}</small>
                  <Unread count={row.unread} href={`/my/dossiers/${row.id}/messages`} />
                </>
              ),
              state: <Tag tone={toneOfState(row.state)}>{t(`states.${row.state}`)}</Tag>,
              date: row.filedAt
                ? t('my.filedOn', { date: formatDate(row.filedAt) })
                : row.savedAt
                  ? t('my.savedAt', { at: formatDateTime(row.savedAt) })
                  : '',
              due: row.dueAt ? formatDate(row.dueAt) : '—',
            },
          }))}
        />
      )}
      {list.total > 0 && (
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={(n) => `/my?page=${n}`} />
      )}
    </Page>
  );
}
