import { useTranslations } from 'next-intl';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Tag } from '#app/_ui/status.tsx';

/** The way from a dossier to its messages, with what has not been read. */
export function MessagesCard({ href, unread, side }: { href: string; unread: number; side: 'applicant' | 'office' }) {
  const t = useTranslations('correspondence');
  return (
    <Card title={t('title')}>
      {unread > 0 && (
        <p>
          <Tag tone="wait">{t('unread', { count: unread })}</Tag>
        </p>
      )}
      <LinkButton href={href} kind="quiet">
        {t(side === 'applicant' ? 'open' : 'openOffice')}
      </LinkButton>
    </Card>
  );
}
