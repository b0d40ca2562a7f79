import { InboxFilters as Filters, type InboxFilters, type InboxScope, inboxSizes } from '#server/dossiers/inputs.ts';

/** Where each scope of the queue is. */
export const queuePaths: Record<InboxScope, string> = { mine: '/office', unit: '/office/unit', late: '/office/late' };

/** The address of a queue as the framework gives it. */
export type QueueQuery = Record<string, string | string[] | undefined>;

export interface QueueSearch {
  filters: InboxFilters;
  page: number;
  size: (typeof inboxSizes)[number];
}

const fields = Object.keys(Filters.shape) as (keyof InboxFilters)[];

/** What an address asks for. What it does not know it leaves out: an old bookmark still opens. */
export function readQueueSearch(query: QueueQuery): QueueSearch {
  const filters: Record<string, string> = {};
  for (const field of fields) {
    const value = query[field];
    if (typeof value === 'string' && value && Filters.shape[field].safeParse(value).success) filters[field] = value;
  }
  const page = Math.trunc(Number(query.page));
  return {
    filters: Filters.parse(filters),
    page: page >= 1 && page <= 10_000 ? page : 1,
    size: inboxSizes.find((size) => String(size) === query.size) ?? 20,
  };
}

/** The address of a queue; what is as always stays out of it, so that one queue has one address. */
export function queueHref(scope: InboxScope, search: Partial<QueueSearch>): string {
  const { filters, page = 1, size = 20 } = search;
  const query = new URLSearchParams();
  for (const field of fields) {
    const value = filters?.[field];
    if (value && !(field === 'sort' && value === 'due')) query.set(field, value);
  }
  if (size !== 20) query.set('size', String(size));
  if (page !== 1) query.set('page', String(page));
  const text = query.toString();
  return text ? `${queuePaths[scope]}?${text}` : queuePaths[scope];
}
