import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { formatWeekday } from '#app/_ui/format.ts';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import type { Locale } from '#i18n/routing.ts';
import type { InboxScope } from '#server/dossiers/inputs.ts';
import { now } from '#server/platform/clock.ts';
import { BulkForm } from './bulk-form.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { type QueueQuery, queueHref, readQueueSearch } from './queue-search.ts';
import { QueueShortcuts } from './queue-shortcuts.tsx';
import { QueueTable } from './queue-table.tsx';
import { QueueViews } from './queue-views.tsx';

/**
 * The official's queue: what is due first stands first; filters, sort and page are in the address, the count is the
 * list's, several rows are taken, given back or, by a head, given to somebody at once.
 */
export async function Queue({ scope, query }: { scope: InboxScope; query: QueueQuery }) {
  const [t, locale] = await Promise.all([getTranslations('queue'), getLocale() as Promise<Locale>]);
  const search = readQueueSearch(query);
  const [list, views, procedures, team] = await read((api) =>
    Promise.all([
      api.dossiers.inbox({ scope, ...search.filters, page: search.page, size: search.size }),
      api.dossiers.queueViews(),
      api.procedures.catalogue({}),
      api.dossiers.myTeam(),
    ]),
  );
  const narrowed = Object.keys(search.filters).some((field) => field !== 'sort');
  return (
    <>
      <PageTitle title={t(`scopes.${scope}`)} below={formatWeekday(now(), locale)} actions={<QueueShortcuts />} />
      <QueueViews scope={scope} search={search} views={views} />
      <QueueFilters
        scope={scope}
        search={search}
        procedures={procedures.items.map((one) => ({ value: one.key, label: one.title[locale] }))}
      />
      {list.items.length === 0 ? (
        <EmptyState title={t(list.total > 0 ? 'pageEmpty' : narrowed ? 'emptyNarrowed' : 'empty')} />
      ) : (
        <BulkForm items={list.items} team={team}>
          <QueueTable
            scope={scope}
            search={search}
            items={list.items}
            total={list.total}
            severalProcedures={procedures.items.length > 1}
          />
        </BulkForm>
      )}
      {list.total > 0 && (
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(page) => queueHref(scope, { ...search, page })}
        />
      )}
    </>
  );
}
