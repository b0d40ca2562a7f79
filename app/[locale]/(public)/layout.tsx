import type { ReactNode } from 'react';
import { accountShown } from '#app/_server/account.ts';
import { SiteFrame } from '#app/_ui/frame.tsx';

/** Pages without sign-in. */
export default async function PublicLayout({ children }: { children: ReactNode }) {
  return <SiteFrame account={await accountShown()}>{children}</SiteFrame>;
}
