import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { SessionEnd } from './session-end.tsx';
import type { AccountShown } from './types.ts';

/** The first thing a keyboard reaches: jumps to the content. */
export function SkipLink() {
  return (
    <a className="skip" href="#main">
      {useTranslations('ui')('skip')}
    </a>
  );
}

/** Says on each page that this is a demonstration. */
export function DemoBanner({ mailbox }: { mailbox?: ReactNode }) {
  return (
    <aside className="demo" aria-label={useTranslations('ui')('demo.label')}>
      <div className="wrap">
        <p>
          <b>{useTranslations('ui')('demo.label')}.</b> {useTranslations('ui')('demo.text')} {mailbox}
        </p>
      </div>
    </aside>
  );
}

/** Header, content, footer: the frame of public and applicants' pages. Wrap the content in `<Page>` for its margins. */
export function SiteFrame({ account, children }: { account: AccountShown | null; children: ReactNode }) {
  return (
    <div className="site">
      <Header account={account} />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer />
      {account && <SessionEnd />}
    </div>
  );
}

/** The margins of a page's content. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="wrap page">{children}</div>;
}
