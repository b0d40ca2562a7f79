import { getTranslations } from 'next-intl/server';
import { DeskList } from '#app/_parts/registers/desk-list.tsx';
import { DrugTable } from '#app/_parts/registers/drug-table.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('drugs'))('desk.title') };
}

/** The register of drugs for officials: each leads to what is recorded beside its registration. */
export default async function DrugsDeskPage({ searchParams }: Props) {
  const asked = await searchParams;
  const q = textIn(asked, 'q');
  const page = pageIn(asked, 100_000);
  const [{ mayAdd }, list] = await read((api) => Promise.all([api.registers.desk({}), api.drugs.search({ q, page })]));
  const t = await getTranslations('drugs');
  return (
    <DeskList
      register="drugs"
      title={t('desk.title')}
      intro={t('desk.intro')}
      label={t('list.q')}
      q={q}
      list={list}
      found={t('list.found', { count: list.total })}
      mayAdd={mayAdd}
    >
      <DrugTable drugs={list.items} base="/office/registers/drugs" />
    </DeskList>
  );
}
