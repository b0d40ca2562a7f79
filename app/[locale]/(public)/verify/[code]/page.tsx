import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { now } from '#server/platform/clock.ts';
import { IssuedView } from '../_parts/issued-view.tsx';

type Props = { params: Promise<{ code: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('public'))('verify.title'), robots: { index: false } };
}

/** Where the QR code on a paper leads: what was issued, by whom, and whether it holds today. */
export default async function IssuedPage({ params }: Props) {
  const code = decodeURIComponent((await params).code).slice(0, 100);
  const t = await getTranslations('public.verify');
  const issued = await read((api) => api.exchange.issued({ code }));
  if (issued) {
    return (
      <Page>
        <IssuedView issued={issued} at={now()} />
      </Page>
    );
  }
  return (
    <Page>
      <PageTitle title={t('title')} />
      <EmptyState title={t('notFound', { code })}>
        <p>{t('notFoundHelp')}</p>
        <LinkButton href="/verify">{t('another')}</LinkButton>
      </EmptyState>
    </Page>
  );
}
