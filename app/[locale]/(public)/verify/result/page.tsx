import { getTranslations } from 'next-intl/server';
import { LinkButton } from '#app/_ui/button.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { sealedMinutes, unsealVerification } from '#server/exchange/index.ts';
import { now } from '#server/platform/clock.ts';
import { VerificationView } from '../_parts/verification-view.tsx';

type Props = { searchParams: Promise<{ verdict?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('public'))('verify.title'), robots: { index: false } };
}

export default async function VerdictPage({ searchParams }: Props) {
  const { verdict } = await searchParams;
  const t = await getTranslations('public.verify');
  const opened = typeof verdict === 'string' ? unsealVerification(verdict, now()) : null;
  return (
    <Page>
      {opened ? (
        <VerificationView verification={opened.verification} at={new Date(opened.at)} />
      ) : (
        <>
          <PageTitle title={t('title')} />
          <EmptyState title={t('expired')}>
            <p>{t('expiredHelp', { minutes: sealedMinutes })}</p>
            <LinkButton href="/verify">{t('another')}</LinkButton>
          </EmptyState>
        </>
      )}
    </Page>
  );
}
