import type { Metadata } from 'next';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { accountShown } from '#app/_server/account.ts';
import { Document } from '#app/_server/document.tsx';
import { SiteFrame } from '#app/_ui/frame.tsx';
import { FaultPage } from './[locale]/fault-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('fault');
  return { title: `${t('notFound.title')} · ${t('name')}`, icons: { icon: '/favicon.svg' } };
}

/** 404 where no page answers: whole in the first HTML, so that it is readable without JavaScript. */
export default async function GlobalNotFound() {
  await connection();
  return (
    <Document>
      <SiteFrame account={await accountShown()}>
        <FaultPage kind="notFound" />
      </SiteFrame>
    </Document>
  );
}
