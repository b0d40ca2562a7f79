import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatMoney } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { SearchBox } from '#app/_ui/search-box.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { inLanguage } from './_parts/in-language.ts';

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('public'))('procedures.title') };
}

export default async function ProceduresPage({ searchParams }: Props) {
  const { q } = await searchParams;
  const words = ((Array.isArray(q) ? q[0] : q) ?? '').slice(0, 200);
  const t = await getTranslations('public.procedures');
  const locale = await getLocale();
  const { items, total } = await read((api) => api.procedures.catalogue({ q: words }));
  const say = inLanguage(locale);
  const fee = ({ from, to }: { from: number; to: number }) => {
    if (to === 0) return t('noFee');
    if (from === to) return formatMoney(to, locale);
    return t('feeRange', { from: formatMoney(from, locale), to: formatMoney(to, locale) });
  };
  const rows = items.map((item) => ({
    id: item.key,
    cells: {
      name: (
        <>
          <Link href={`/procedures/${item.key}`}>{say(item.title)}</Link>
          <span className="hint">{say(item.summary)}</span>
        </>
      ),
      limit: t('days', { days: item.limitDays }),
      fee: fee(item.fee),
      level: t(`levels.${item.level}`),
      agency: t(`agencies.${item.authority}`),
    },
  }));
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack-l">
        <SearchBox action="/procedures" label={t('q')} placeholder={t('qHint')} defaultValue={words} large />
        {total === 0 ? (
          <EmptyState title={t('empty')}>
            <p>{t('emptyHelp')}</p>
            <LinkButton kind="quiet" href="/procedures">
              {t('all')}
            </LinkButton>
          </EmptyState>
        ) : (
          <section className="stack" aria-labelledby="found">
            <h2 id="found">{t('count', { total })}</h2>
            <DataTable
              caption={t('title')}
              hideCaption
              columns={[
                { key: 'name', label: t('name') },
                { key: 'limit', label: t('limit') },
                { key: 'fee', label: t('fee') },
                { key: 'level', label: t('level') },
                { key: 'agency', label: t('agency') },
              ]}
              rows={rows}
            />
          </section>
        )}
      </div>
    </Page>
  );
}
