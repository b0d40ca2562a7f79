import { useTranslations } from 'next-intl';
import { LinkButton } from '#app/_ui/button.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Notice } from '#app/_ui/status.tsx';
import type { FacilityList } from '#server/facilities/index.ts';
import { type FacilityFilters, hrefOf, isNarrowed } from './facility-query.ts';
import { FacilityTable } from './facility-table.tsx';

/** What the filters found: the count, the page, the way on; when nothing, what to try instead. */
export function FacilityResults(props: { base: string; filters: FacilityFilters; list: FacilityList }) {
  const { base, filters, list } = props;
  const t = useTranslations('facilities.list');
  if (list.total === 0) {
    return (
      <EmptyState title={t('empty')}>
        <p>{t('emptyHelp')}</p>
        <p className="row">
          {filters.q && isNarrowed(filters) && (
            <LinkButton kind="quiet" href={hrefOf(base, { q: filters.q })}>
              {t('withoutFilters', { q: filters.q })}
            </LinkButton>
          )}
          <LinkButton kind="quiet" href={base}>
            {t('all')}
          </LinkButton>
        </p>
      </EmptyState>
    );
  }
  return (
    <section className="stack" aria-labelledby="found">
      <h2 id="found">{t('count', { total: list.total })}</h2>
      {list.forgiving && <Notice tone="info">{t('forgiving', { q: filters.q })}</Notice>}
      <FacilityTable items={list.items} base={base} />
      <Pagination
        page={list.page}
        pageSize={list.pageSize}
        total={list.total}
        href={(page) => hrefOf(base, { ...filters, page })}
      />
    </section>
  );
}
