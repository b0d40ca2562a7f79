import { getTranslations } from 'next-intl/server';
import { accountShown } from '#app/_server/account.ts';
import { SiteFrame } from '#app/_ui/frame.tsx';
import { FaultPage } from './fault-page.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('fault.notFound'))('title') };
}

/** 404: also the answer for what one may not see. */
export default async function NotFound() {
  return (
    <SiteFrame account={await accountShown()}>
      <FaultPage kind="notFound" />
    </SiteFrame>
  );
}
