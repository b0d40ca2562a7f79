import { useTranslations } from 'next-intl';
import { LinkButton } from '#app/_ui/button.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { InboxFilters, type InboxScope, InboxSort, inboxSizes } from '#server/dossiers/inputs.ts';
import { type QueueSearch, queueHref, queuePaths } from './queue-search.ts';

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

/** What the queue is narrowed to and how it is sorted. */
export function QueueFilters(props: {
  scope: InboxScope;
  search: QueueSearch;
  procedures: { value: string; label: string }[];
}) {
  const { scope, search, procedures } = props;
  const { filters, size } = search;
  const t = useTranslations('queue');
  const step = useTranslations('dossiers.steps');
  const choice = (name: 'due' | 'taken') => (
    <Select
      name={name}
      label={t(`filters.${name}`)}
      empty={t('filters.all')}
      defaultValue={filters[name] ?? ''}
      options={InboxFilters.shape[name].unwrap().options.map((value) => ({ value, label: t(`${name}.${value}`) }))}
    />
  );
  return (
    <FilterForm
      action={queuePaths[scope]}
      label={t('filters.label')}
      folded={{
        inUse: Object.keys(filters).some((name) => name !== 'q' && name !== 'sort'),
        fields: (
          <>
            <Select
              name="step"
              label={t('filters.step')}
              empty={t('filters.all')}
              defaultValue={filters.step ?? ''}
              options={steps.map((value) => ({ value, label: step(value) }))}
            />
            {procedures.length > 1 && (
              <Select
                name="procedure"
                label={t('filters.procedure')}
                empty={t('filters.all')}
                defaultValue={filters.procedure ?? ''}
                options={procedures}
              />
            )}
            {scope !== 'late' && choice('due')}
            {choice('taken')}
            <Select
              name="sort"
              label={t('filters.sort')}
              defaultValue={filters.sort}
              options={InboxSort.options.map((value) => ({ value, label: t(`sorts.${value}`) }))}
            />
            <Select
              name="size"
              label={t('filters.size')}
              defaultValue={String(size)}
              options={inboxSizes.map((value) => ({ value: String(value), label: String(value) }))}
            />
          </>
        ),
      }}
      more={
        <LinkButton kind="text" href={queuePaths[scope]}>
          {t('filters.clear')}
        </LinkButton>
      }
    >
      <TextField
        name="q"
        label={t('filters.q')}
        placeholder={t('filters.qHint')}
        defaultValue={filters.q ?? ''}
        type="search"
        spellCheck={false}
      />
    </FilterForm>
  );
}

/** The address of the same queue sorted by a column, the other way round when it is sorted by it already. */
export const sortedHref = (scope: InboxScope, search: QueueSearch, by: 'due' | 'title'): string =>
  queueHref(scope, {
    ...search,
    page: 1,
    filters: { ...search.filters, sort: search.filters.sort === by ? `-${by}` : by },
  });
