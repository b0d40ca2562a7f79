import { getTranslations } from 'next-intl/server';
import { NotificationList, type NotificationSearch } from '#app/_parts/notification-list.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('notifications.page'))('title') };
}

/** What an official was told: tasks assigned, drafts returned. */
export default async function OfficeNotifications({ searchParams }: { searchParams: Promise<NotificationSearch> }) {
  return <NotificationList base="/office/notifications" office search={await searchParams} />;
}
