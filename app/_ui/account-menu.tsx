import { useTranslations } from 'next-intl';
import { LinkButton } from './button.tsx';
import { Link } from './link.tsx';
import type { AccountShown } from './types.ts';

/** Sign in, or what belongs to the person who has. Signing out changes something, so it is a page with a button. */
export function AccountMenu({ account }: { account: AccountShown | null }) {
  const t = useTranslations('ui.account');
  if (!account) {
    return (
      <LinkButton href="/sign-in" kind="quiet" small>
        {t('signIn')}
      </LinkButton>
    );
  }
  const pages = account.official
    ? ([
        ['/office', t('inbox')],
        ['/my/profile', t('profile')],
      ] as const)
    : ([
        ['/my', t('dossiers')],
        ['/my/profile', t('profile')],
      ] as const);
  return (
    <details className="account">
      <summary className="button quiet small">{account.name}</summary>
      <div>
        <ul>
          {pages.map(([href, text]) => (
            <li key={href}>
              <Link href={href}>{text}</Link>
            </li>
          ))}
          <li>
            <Link href="/sign-out">{t('signOut')}</Link>
          </li>
        </ul>
      </div>
    </details>
  );
}
