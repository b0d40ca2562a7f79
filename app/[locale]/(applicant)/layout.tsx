import type { ReactNode } from 'react';
import { accountShown } from '#app/_server/account.ts';
import { SiteFrame } from '#app/_ui/frame.tsx';

/** Pages of people who file; each page asks for what it may see, so nothing is locked here. */
export default async function ApplicantLayout({ children }: { children: ReactNode }) {
  return <SiteFrame account={await accountShown()}>{children}</SiteFrame>;
}
