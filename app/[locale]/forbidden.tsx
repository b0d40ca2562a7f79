import { getTranslations } from 'next-intl/server';
import { accountShown } from '#app/_server/account.ts';
import { SiteFrame } from '#app/_ui/frame.tsx';
import { FaultPage } from './fault-page.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('fault.forbidden'))('title') };
}

/** 403: one may see this, but not do it. */
export default async function Forbidden() {
  return (
    <SiteFrame account={await accountShown()}>
      <FaultPage kind="forbidden" />
    </SiteFrame>
  );
}
