import '#app/_ui/styles/index.css';
import { headers } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { DemoBanner, SkipLink } from '#app/_ui/frame.tsx';
import { KeptFormProvider } from '#app/_ui/kept-form.tsx';
import { Link } from '#app/_ui/link.tsx';
import { KitTextsProvider } from '#app/_ui/texts.tsx';
import { withoutLocale } from '#i18n/locale-path.ts';
import { messagesOf } from '#i18n/messages.ts';
import type { Locale } from '#i18n/routing.ts';
import { lateForm } from './kept-form.ts';

/** A screen in a lobby and a frame in another site lead nowhere else. */
async function standsAlone(): Promise<boolean> {
  return /^\/(map\/kiosk|embed\/)/.test(withoutLocale((await headers()).get('x-pathname') ?? ''));
}

/** What is around every page: language, the kit's words, skip link, the word that this is a demo. */
export async function Document({ children }: { children: ReactNode }) {
  const [locale, t] = [(await getLocale()) as Locale, await getTranslations('ui')];
  const kit = (messagesOf(locale).ui as { client: Record<string, string> }).client;
  return (
    <html lang={locale}>
      <body>
        <KitTextsProvider value={{ locale, texts: kit }}>
          <SkipLink />
          {process.env.DEMO === '1' && (
            <DemoBanner
              mailbox={(await standsAlone()) ? undefined : <Link href="/demo/mailbox">{t('demo.mailbox')}</Link>}
            />
          )}
          <KeptFormProvider value={await lateForm()}>{children}</KeptFormProvider>
        </KitTextsProvider>
      </body>
    </html>
  );
}
