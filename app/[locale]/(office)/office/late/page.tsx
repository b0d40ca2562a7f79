import { getTranslations } from 'next-intl/server';
import { Queue } from '#app/_parts/queue/queue.tsx';
import type { QueueQuery } from '#app/_parts/queue/queue-search.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('queue.scopes'))('late') };
}

export default async function LateTasks({ searchParams }: { searchParams: Promise<QueueQuery> }) {
  return <Queue scope="late" query={await searchParams} />;
}
