import { getLocale, getTranslations } from 'next-intl/server';
import { Button } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { FileUpload } from '#app/_ui/file-upload.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { maxVerifiedBytes } from '#server/exchange/rules.ts';

type Props = { searchParams: Promise<{ error?: string | string[]; code?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('public'))('verify.title') };
}

const megabytes = maxVerifiedBytes / 1_048_576;

export default async function VerifyPage({ searchParams }: Props) {
  const { error, code } = await searchParams;
  const t = await getTranslations('public.verify');
  const locale = await getLocale();
  return (
    <Page>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack-l">
        {error === 'code' && (
          <Notice tone="late" title={t('problem')}>
            {t('codeMissing')}
          </Notice>
        )}
        <section className="stack" aria-labelledby="by-file">
          <h2 id="by-file">{t('byFile')}</h2>
          <FileUpload
            action={localePath(locale, '/verify/file')}
            name="file"
            label={t('file')}
            hint={t('fileHint', { megabytes })}
            accept="application/pdf,.pdf"
            button={t('checkFile')}
            error={await sentenceOf(error)}
          />
        </section>
        <section className="stack" aria-labelledby="by-code">
          <h2 id="by-code">{t('byCode')}</h2>
          <form className="form" action={localePath(locale, '/verify/lookup')} method="get">
            <TextField
              name="code"
              label={t('code')}
              hint={t('codeHint')}
              defaultValue={typeof code === 'string' ? code.slice(0, 100) : ''}
              autoComplete="off"
              spellCheck={false}
            />
            <Button kind="quiet">{t('checkCode')}</Button>
          </form>
        </section>
      </div>
    </Page>
  );
}

/** What was wrong with the file, named by the address the route sent back to. */
async function sentenceOf(error: string | string[] | undefined): Promise<string | undefined> {
  if (typeof error !== 'string' || error === 'code') return undefined;
  const t = await getTranslations();
  const values = { maximum: megabytes, minutes: 10 };
  return /^(exchange\.)?errors\.\w+$/.test(error) && t.has(error as never)
    ? t(error as never, values as never)
    : undefined;
}
