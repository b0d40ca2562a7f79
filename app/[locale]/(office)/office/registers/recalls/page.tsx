import { getTranslations } from 'next-intl/server';
import { RecallTable } from '#app/_parts/drugs/recall-table.tsx';
import { DeskList } from '#app/_parts/registers/desk-list.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { EmptyState } from '#app/_ui/status.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('recalls'))('desk.title') };
}

/** Recalls for officials: the way to a new one, which the ministry proposes, and to who has answered each. */
export default async function RecallsDeskPage({ searchParams }: Props) {
  const asked = await searchParams;
  const q = textIn(asked, 'q');
  const page = pageIn(asked, 100_000);
  const [{ mayAdd }, list] = await read((api) => Promise.all([api.registers.desk({}), api.drugs.recalls({ q, page })]));
  const t = await getTranslations('recalls');
  return (
    <DeskList
      register="recalls"
      title={t('desk.title')}
      intro={t('desk.intro')}
      label={t('list.q')}
      q={q}
      list={list}
      found={t('list.found', { count: list.total })}
      mayAdd={mayAdd}
    >
      <RecallTable
        recalls={list.items}
        base="/office/registers/recalls"
        empty={<EmptyState title={t('list.none')}>{t('list.noneHint')}</EmptyState>}
      />
    </DeskList>
  );
}
