import '#app/_ui/styles/index.css';
import type { Metadata, Viewport } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { hasLocale } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { DemoBanner, SkipLink } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { KitTextsProvider } from '#app/_ui/texts.tsx';
import { messagesOf } from '#i18n/messages.ts';
import { routing } from '#i18n/routing.ts';

type Props = { params: Promise<{ locale: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale: hasLocale(routing.locales, locale) ? locale : 'vi', namespace: 'ui' });
  return {
    title: { default: t('name'), template: `%s · ${t('name')}` },
    description: t('description'),
    icons: { icon: '/favicon.svg' },
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf9f6' },
    { media: '(prefers-color-scheme: dark)', color: '#111715' },
  ],
};

/** The root of every page: language, kit texts, skip link, the word that this is a demo. */
export default async function RootLayout({ params, children }: Props) {
  // every page is rendered for its request: a page kept from before would hold an old nonce
  await connection();
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const t = await getTranslations('ui');
  const kit = (messagesOf(locale).ui as { client: Record<string, string> }).client;
  return (
    <html lang={locale}>
      <body>
        <KitTextsProvider value={{ locale, texts: kit }}>
          <SkipLink />
          {process.env.DEMO === '1' && <DemoBanner mailbox={<Link href="/demo/mailbox">{t('demo.mailbox')}</Link>} />}
          {children}
        </KitTextsProvider>
      </body>
    </html>
  );
}
