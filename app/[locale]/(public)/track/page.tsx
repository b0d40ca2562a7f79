import { getLocale, getTranslations } from 'next-intl/server';
import { Button } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { sealedMinutes, unsealStatus } from '#server/exchange/index.ts';
import { StatusView } from './status-view.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('public'))('track.title'), robots: { index: false } };
}

export default async function TrackPage({ searchParams }: Props) {
  const search = await searchParams;
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : '');
  const t = await getTranslations('public.track');
  const locale = await getLocale();
  const answer = text('answer') ? unsealStatus(text('answer')) : null;
  if (answer) {
    return (
      <Page>
        <StatusView answer={answer} />
      </Page>
    );
  }
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack-l">
        {text('answer') && <Notice tone="wait">{t('expired', { minutes: sealedMinutes })}</Notice>}
        {text('error') && (
          <Notice tone="late" title={t('problem')} status>
            <Problem code={text('error')} />
          </Notice>
        )}
        <form className="form" action={localePath(locale, '/track/lookup')} method="post">
          <TextField
            name="code"
            label={t('code')}
            hint={t('codeHint')}
            defaultValue={text('code').slice(0, 100)}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            name="secret"
            label={t('secret')}
            hint={t('secretHint')}
            width={20}
            autoComplete="off"
            spellCheck={false}
          />
          <Button>{t('submit')}</Button>
        </form>
        <p>
          <Link href="/my">{t('help')}</Link>
        </p>
      </div>
    </Page>
  );
}

/** The same words for a code that does not exist and a secret that is wrong. */
async function Problem({ code }: { code: string }) {
  const t = await getTranslations();
  if (code === 'limit') return <p>{t('public.track.limit')}</p>;
  return <p>{code === 'notFound' ? t('dossiers.errors.trackingPair') : t('public.track.missing')}</p>;
}
