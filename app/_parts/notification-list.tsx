import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { Locale } from '#server/notifications/index.ts';
import { markNoticeRead } from './notification-actions.ts';

export interface NotificationSearch {
  page?: string;
  show?: string;
}

/** One's own notices, newest first. `base`: the address of the page without language. */
export async function NotificationList({
  base,
  office,
  search,
}: {
  base: string;
  office: boolean;
  search: NotificationSearch;
}) {
  const [t, locale] = await Promise.all([getTranslations('notifications.page'), getLocale() as Promise<Locale>]);
  const unreadOnly = search.show === 'unread';
  const page = Math.max(1, Number.parseInt(search.page ?? '1', 10) || 1);
  const [list, unread] = await read((api) =>
    Promise.all([api.notifications.list({ locale, unreadOnly, page }), api.notifications.unreadCount()]),
  );
  return (
    <div className="stack">
      <PageTitle
        title={t('title')}
        below={t('unread', { count: unread })}
        actions={
          unread > 0 && (
            <ActionForm className="row" action={markNoticeRead.bind(null, null)} label={t('markAllRead')}>
              <SubmitButton kind="quiet">{t('markAllRead')}</SubmitButton>
            </ActionForm>
          )
        }
      />
      <nav className="row" aria-label={t('filter')}>
        <Link href={base} aria-current={unreadOnly ? undefined : 'page'}>
          {t('showAll')}
        </Link>
        <Link href={`${base}?show=unread`} aria-current={unreadOnly ? 'page' : undefined}>
          {t('showUnread')}
        </Link>
      </nav>
      {list.items.length === 0 ? (
        <EmptyState title={t('title')}>
          <p>{unreadOnly ? t('emptyUnread') : office ? t('emptyOffice') : t('empty')}</p>
        </EmptyState>
      ) : (
        <ol className="timeline" aria-label={t('list')}>
          {list.items.map((notice) => (
            <li key={notice.id} className={notice.readAt ? undefined : 'now'}>
              <DateText value={notice.createdAt} time />
              <div className="stack">
                <p className="row">
                  <strong>{notice.href ? <Link href={notice.href}>{notice.title}</Link> : notice.title}</strong>
                  {!notice.readAt && <Tag tone="info">{t('new')}</Tag>}
                </p>
                <p>{notice.text}</p>
                {!notice.readAt && (
                  <ActionForm className="row" action={markNoticeRead.bind(null, notice.id)}>
                    <SubmitButton kind="text">
                      {t('markRead')}
                      <span className="hidden-text">: {notice.title}</span>
                    </SubmitButton>
                  </ActionForm>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      {list.total > 0 && (
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(one) => `${base}?${unreadOnly ? 'show=unread&' : ''}page=${one}`}
        />
      )}
    </div>
  );
}
