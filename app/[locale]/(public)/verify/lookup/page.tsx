import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { LinkList } from '#app/_ui/lists.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';

type Props = { searchParams: Promise<{ code?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('public'))('verify.title'), robots: { index: false } };
}

/** A number or code somebody typed: to the one document it names, or a choice where several authorities use the number. */
export default async function LookupPage({ searchParams }: Props) {
  const { code } = await searchParams;
  const words = (typeof code === 'string' ? code : '').normalize('NFC').trim().slice(0, 100);
  const locale = await getLocale();
  if (words === '') redirect(localePath(locale, '/verify?error=code'));
  const found = await read((api) => api.exchange.findIssued({ words }));
  if (found.length === 1) redirect(localePath(locale, `/verify/${found[0]!.verifyCode}`));
  const t = await getTranslations('public.verify');
  return (
    <Page>
      <PageTitle title={t('title')} />
      {found.length === 0 ? (
        <EmptyState title={t('notFound', { code: words })}>
          <p>{t('notFoundHelp')}</p>
          <LinkButton kind="quiet" href="/verify">
            {t('another')}
          </LinkButton>
        </EmptyState>
      ) : (
        <div className="stack">
          <p>{t('several', { count: found.length })}</p>
          <LinkList
            links={found.map((document) => ({
              href: `/verify/${document.verifyCode}`,
              label: `${document.number ?? ''} · ${document.issuedBy}`,
              remark: document.issuedOn ? formatDate(document.issuedOn) : undefined,
            }))}
          />
        </div>
      )}
    </Page>
  );
}
