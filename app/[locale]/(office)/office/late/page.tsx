import { getTranslations } from 'next-intl/server';
import { Inbox, type InboxSearch } from '#app/_parts/inbox.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.inbox'))('late') };
}

export default async function LateTasks({ searchParams }: { searchParams: Promise<InboxSearch> }) {
  return <Inbox scope="late" search={await searchParams} />;
}
