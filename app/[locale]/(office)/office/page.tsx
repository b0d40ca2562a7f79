import { getTranslations } from 'next-intl/server';
import { Inbox, type InboxSearch } from '#app/_parts/inbox.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.inbox'))('mine') };
}

export default async function MyTasks({ searchParams }: { searchParams: Promise<InboxSearch> }) {
  return <Inbox scope="mine" search={await searchParams} />;
}
