import { getLocale, getTranslations } from 'next-intl/server';
import { CodeTree } from '#app/_parts/registers/code-tree.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SearchCodes } from '#server/nomenclatures/inputs.ts';
import { nomenclatures } from '#server/nomenclatures/rules.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('nomenclatures'))('title') };
}

/** Lists of codes: searched by words, or walked down from the top. */
export default async function NomenclaturesPage({ searchParams }: Props) {
  const asked = await searchParams;
  const text = (name: string) => textIn(asked, name);
  const { shape } = SearchCodes;
  const system = shape.system.safeParse(text('system')).data ?? 'emdn';
  const q = text('q');
  const under = shape.under.safeParse(text('under') || undefined).data;
  const page = pageIn(asked);
  const list = await read((api) => api.nomenclatures.search({ system, q, page, ...(under ? { under } : {}) }));
  const [t, locale] = [await getTranslations('nomenclatures'), await getLocale()];
  const href = (to: number) =>
    `/registers/nomenclatures?${new URLSearchParams({ system, q, under: under ?? '', page: String(to) })}`;
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack-l">
        <FilterForm action="/registers/nomenclatures" label={t('title')}>
          <Select
            name="system"
            label={t('system')}
            options={nomenclatures.map((value) => ({ value, label: t(`systems.${value}`) }))}
            defaultValue={system}
          />
          <TextField name="q" label={t('q')} defaultValue={q} type="search" autoComplete="off" spellCheck={false} />
        </FilterForm>
        {list.loaded ? (
          <>
            <p role="status">{t('found', { count: list.total })}</p>
            <CodeTree system={system} codes={list.items} locale={locale} />
            <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={href} />
          </>
        ) : (
          <Notice tone="info">{t('notLoaded')}</Notice>
        )}
        <p className="hint">{t(`sources.${system}`)}</p>
      </div>
    </Page>
  );
}
