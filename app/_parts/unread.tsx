import { useTranslations } from 'next-intl';
import { Link } from '#app/_ui/link.tsx';

/** How many messages of a dossier one has not read; nothing where there are none. */
export function Unread({ count, href }: { count: number; href: string }) {
  const t = useTranslations('correspondence');
  return count === 0 ? null : (
    <small>
      <Link href={href}>
        <b>{t('unread', { count })}</b>
      </Link>
    </small>
  );
}
