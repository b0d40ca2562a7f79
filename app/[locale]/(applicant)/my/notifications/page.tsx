import { getTranslations } from 'next-intl/server';
import { NotificationList, type NotificationSearch } from '#app/_parts/notification-list.tsx';
import { Page } from '#app/_ui/frame.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('notifications.page'))('title') };
}

/** What has happened to one's dossiers. */
export default async function MyNotifications({ searchParams }: { searchParams: Promise<NotificationSearch> }) {
  return (
    <Page>
      <NotificationList base="/my/notifications" office={false} search={await searchParams} />
    </Page>
  );
}
