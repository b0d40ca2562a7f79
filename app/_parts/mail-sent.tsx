import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { read } from '#app/_server/caller.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Confirmation } from '#app/_ui/status.tsx';

/** After something that goes on in a mail; a demo shows where its mails are. */
export async function MailSent({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  const [t, demo] = await Promise.all([getTranslations('identity'), read((api) => api.identity.demoAccounts({}))]);
  return (
    <Page>
      <Confirmation title={title}>
        <p>{text}</p>
      </Confirmation>
      {children}
      {demo && (
        <p>
          <Link href="/demo/mailbox">{t('mailbox')}</Link>
        </p>
      )}
    </Page>
  );
}
