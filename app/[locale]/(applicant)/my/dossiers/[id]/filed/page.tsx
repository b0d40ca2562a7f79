import { getLocale, getTranslations } from 'next-intl/server';
import { PaymentPanel } from '#app/_parts/payment-panel.tsx';
import { myDossier } from '#app/_server/dossiers.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Confirmation } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { Locale } from '#i18n/routing.ts';
import { env } from '#server/platform/env.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers.filed')]);
  return { title: `${t('title')} · ${(await myDossier(id)).code}` };
}

/** The number, what happens next and when; the address works later too. */
export default async function FiledPage({ params }: Props) {
  const [{ id }, locale, t] = await Promise.all([
    params,
    getLocale() as Promise<Locale>,
    getTranslations('dossiers.filed'),
  ]);
  const dossier = await myDossier(id);
  const owed = dossier.payment?.status === 'pending' ? dossier.payment : null;
  return (
    <Page>
      <div className="stack prose">
        <Confirmation title={t('title')} codeLabel={t('code')} code={dossier.code}>
          <p>
            {t('secret')} <b className="code">{dossier.trackingSecret}</b>
          </p>
        </Confirmation>
        <h2>{t('next')}</h2>
        <ol>
          {owed && <li>{t('pay')}</li>}
          <li>{t('receive', { authority: dossier.authorityName })}</li>
          <li>{t('assess', { days: dossier.limitDays })}</li>
          <li>{t('result')}</li>
        </ol>
        <p>{t('keep')}</p>
        {owed && (
          <PaymentPanel payment={owed} here={localePath(locale, `/my/dossiers/${id}/filed`)} demo={env().demo} />
        )}
        <p className="actions">
          <LinkButton href={`/my/dossiers/${id}`} kind={owed ? 'quiet' : 'primary'}>
            {t('open')}
          </LinkButton>
        </p>
      </div>
    </Page>
  );
}
