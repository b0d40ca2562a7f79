import { getTranslations } from 'next-intl/server';
import { Inbox, type InboxSearch } from '#app/_parts/inbox.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.inbox'))('unit') };
}

export default async function UnitTasks({ searchParams }: { searchParams: Promise<InboxSearch> }) {
  return <Inbox scope="unit" search={await searchParams} />;
}
