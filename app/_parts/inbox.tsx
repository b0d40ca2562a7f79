import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { Button } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { formatDate, formatWeekday } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { Locale } from '#i18n/routing.ts';
import { now } from '#server/platform/clock.ts';

export type InboxSearch = { step?: string; q?: string; sort?: string; page?: string };
export type Scope = 'mine' | 'unit' | 'late';
const paths: Record<Scope, string> = { mine: '/office', unit: '/office/unit', late: '/office/late' };
const sorts = ['due', 'filed', 'title'] as const;
const tones = { late: 'late', soon: 'wait', inTime: 'ok', stopped: 'info', none: 'plain' } as const;
const steps = [
  'receive',
  'assess',
  'approve-supplement',
  'plan-inspection',
  'inspect',
  'recheck',
  'draft-result',
  'initial',
  'approve',
  'issue',
] as const;

/** The official's queue: what is due first stands first; filters and sort are in the address, the count is the list's. */
export async function Inbox({ scope, search }: { scope: Scope; search: InboxSearch }) {
  const [t, locale] = await Promise.all([getTranslations('dossiers'), getLocale() as Promise<Locale>]);
  const sort = sorts.find((each) => each === search.sort) ?? 'due';
  const step = steps.find((each) => each === search.step);
  const q = search.q?.slice(0, 200) ?? '';
  const page = Math.max(1, Number(search.page ?? 1) || 1);
  const list = await read((api) =>
    api.dossiers.inbox({ scope, sort, page, ...(step ? { step } : {}), ...(q ? { q } : {}) }),
  );
  const href = (change: Record<string, string | number>) =>
    `${paths[scope]}?${new URLSearchParams({ sort, ...(step ? { step } : {}), ...(q ? { q } : {}), ...Object.fromEntries(Object.entries(change).map(([key, value]) => [key, String(value)])) })}`;
  return (
    <>
      <PageTitle title={t(`inbox.${scope}`)} below={formatWeekday(now(), locale)} />
      <search aria-label={t('inbox.filter')}>
        <form className="filters" action={localePath(locale, paths[scope])}>
          <Select
            name="step"
            label={t('inbox.step')}
            empty={t('inbox.all')}
            defaultValue={step ?? ''}
            options={steps.map((each) => ({ value: each, label: t(`steps.${each}`) }))}
          />
          <Select
            name="sort"
            label={t('inbox.sort')}
            defaultValue={sort}
            options={sorts.map((each) => ({ value: each, label: t(`inbox.sorts.${each}`) }))}
          />
          <TextField
            name="q"
            label={t('inbox.search')}
            placeholder={t('inbox.searchHint')}
            defaultValue={q}
            type="search"
          />
          <Button kind="quiet">{t('inbox.apply')}</Button>
        </form>
      </search>
      <DataTable
        caption={t('inbox.caption', { total: list.total })}
        hideCaption
        empty={<EmptyState title={t('inbox.empty')} />}
        columns={[
          { key: 'dossier', label: t('inbox.dossier') },
          { key: 'step', label: t('inbox.step') },
          { key: 'due', label: t('inbox.due') },
          { key: 'left', label: t('inbox.left'), number: true },
          { key: 'state', label: t('inbox.state') },
        ]}
        rows={list.items.map((row) => ({
          id: row.taskId,
          late: row.urgency === 'late',
          cells: {
            dossier: (
              <>
                <Link href={`/office/dossiers/${row.dossierId}`}>{row.title}</Link>
                <small className="code">{row.code}</small>
              </>
            ),
            step: (
              <>
                {t(`steps.${row.step}`)}
                <small>{row.procedureTitle[locale]}</small>
              </>
            ),
            due: row.stepDueAt ? formatDate(row.stepDueAt) : '—',
            left: row.remainingDays === null ? '—' : t('inbox.days', { days: row.remainingDays }),
            state: (
              <>
                <Tag tone={tones[row.urgency]}>{t(`inbox.urgency.${row.urgency}`)}</Tag>
                {(row.dossierUrgency === 'late' || row.dossierUrgency === 'soon') && (
                  <small>{t(`inbox.dossierUrgency.${row.dossierUrgency}`)}</small>
                )}
              </>
            ),
          },
        }))}
      />
      {list.total > 0 && (
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={(n) => href({ page: n })} />
      )}
    </>
  );
}
