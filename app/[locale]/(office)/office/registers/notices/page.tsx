import { getTranslations } from 'next-intl/server';
import { DeskList } from '#app/_parts/registers/desk-list.tsx';
import { NoticeTable } from '#app/_parts/registers/notice-table.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('notices'))('list.title') };
}

/** Field-safety notices for officials: the way to a new one, and to a change of each. */
export default async function NoticesDeskPage({ searchParams }: Props) {
  const asked = await searchParams;
  const q = textIn(asked, 'q');
  const page = pageIn(asked, 100_000);
  const [{ mayAdd }, list] = await read((api) =>
    Promise.all([api.registers.desk({}), api.devices.notices({ q, page })]),
  );
  const t = await getTranslations('notices');
  return (
    <DeskList
      register="notices"
      title={t('list.title')}
      intro={t('deskIntro')}
      label={t('list.q')}
      q={q}
      list={list}
      found={t('list.found', { count: list.total })}
      mayAdd={mayAdd}
    >
      <NoticeTable notices={list.items} base="/office/registers/notices" />
    </DeskList>
  );
}
