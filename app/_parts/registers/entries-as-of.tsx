import { useLocale, useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Notice } from '#app/_ui/status.tsx';
import type { EntriesOnDay, EntryOnDay } from '#server/registers/index.ts';
import { useFieldTexts } from './field-texts.tsx';
import { StandingTag } from './standing-tag.tsx';

/** A register as it was on a day: each entry leads to all that was said of it for that day. `query`: the address without the page. */
export function EntriesAsOf({ list, query }: { list: EntriesOnDay; query: Record<string, string> }) {
  const t = useTranslations('registers');
  const { labelOf } = useFieldTexts(list.register);
  const base = `/registers/${list.register}`;
  const { asOf: _day, knownAt: _known, ...today } = query;
  const href = (page: number) => `${base}?${new URLSearchParams({ ...query, page: String(page) })}`;
  const asked = new URLSearchParams({ on: list.on, ...(list.known ? { known: list.known } : {}) });
  const columns = list.listed.filter((name) => list.items.some(({ fields }) => textOf(fields, name) !== ''));
  const words = { count: list.total, day: formatDate(list.on) };
  return (
    <section className="stack" aria-labelledby="as-of">
      <h2 id="as-of">{t('asOf.found', words)}</h2>
      <Notice>
        {t('asOf.notice', { day: words.day })}{' '}
        <Link href={`${base}?${new URLSearchParams(today)}`}>{t('asOf.today')}</Link>
      </Notice>
      <DataTable
        caption={t('asOf.found', words)}
        hideCaption
        empty={<EmptyState title={t('asOf.none', { day: words.day })}>{t('asOf.noneHint')}</EmptyState>}
        columns={[
          { key: 'title', label: t('asOf.entry') },
          ...columns.map((name) => ({
            key: name,
            label: name === 'provinceCode' ? t('asOf.province') : labelOf(name),
          })),
          { key: 'status', label: t('asOf.status') },
        ]}
        rows={list.items.map((entry) => ({
          id: entry.id,
          cells: {
            title: <Link href={`${base}/${entry.id}/history?${asked}`}>{entry.title}</Link>,
            ...Object.fromEntries(
              columns.map((name) => [name, <Value key={name} register={list.register} entry={entry} name={name} />]),
            ),
            status: entry.status ? <StandingTag register={list.register} status={entry.status} /> : '–',
          },
        }))}
      />
      <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={href} />
    </section>
  );
}

const textOf = (fields: EntryOnDay['fields'], name: string): string =>
  fields.find((field) => field.name === name)?.text ?? '';

function Value({ register, entry, name }: { register: string; entry: EntryOnDay; name: string }) {
  const { textOf: say } = useFieldTexts(register);
  const english = useLocale() === 'en';
  const field = entry.fields.find((each) => each.name === name);
  if (!field?.text) return <>–</>;
  if (field.unit) return <>{english ? field.unit.nameEn : field.unit.name}</>;
  return <>{say(name, field.text)}</>;
}
