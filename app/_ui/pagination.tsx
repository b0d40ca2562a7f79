import { useTranslations } from 'next-intl';
import { Link } from './link.tsx';

/** Which page numbers are shown: the ends, the present and its neighbours; 0 stands for a gap. */
export function shownPages(page: number, last: number): number[] {
  const near = [1, page - 1, page, page + 1, last].filter((one) => one >= 1 && one <= last);
  const sorted = [...new Set(near)].sort((a, b) => a - b);
  return sorted.flatMap((one, index) => {
    const before = sorted[index - 1];
    if (before === undefined || one - before === 1) return [one];
    return one - before === 2 ? [one - 1, one] : [0, one];
  });
}

/** How many there are, and the way to the other pages; nothing for an empty list. `href(page)`: address of a page of it. */
export function Pagination(props: { page: number; pageSize: number; total: number; href: (page: number) => string }) {
  const { page, pageSize, total, href } = props;
  const t = useTranslations('ui.pages');
  if (total === 0) return null;
  const last = Math.max(1, Math.ceil(total / pageSize));
  return (
    <div className="pages">
      <span>{t('summary', { total, page, last })}</span>
      {last > 1 && (
        <nav aria-label={t('label')}>
          <ul>
            {page > 1 && (
              <li>
                <Link href={href(page - 1)} rel="prev">
                  {t('previous')}
                </Link>
              </li>
            )}
            {shownPages(page, last).map((one, index) => (
              <li key={one === 0 ? `gap${index}` : one}>
                {one === 0 ? (
                  <span>…</span>
                ) : (
                  <Link
                    href={href(one)}
                    aria-current={one === page ? 'page' : undefined}
                    aria-label={t('page', { page: one })}
                  >
                    {one}
                  </Link>
                )}
              </li>
            ))}
            {page < last && (
              <li>
                <Link href={href(page + 1)} rel="next">
                  {t('next')}
                </Link>
              </li>
            )}
          </ul>
        </nav>
      )}
    </div>
  );
}
