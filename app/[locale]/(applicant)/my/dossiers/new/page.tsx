import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { Locale } from '#i18n/routing.ts';
import { startDraft } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.start'))('title') };
}

/** Before the first question: for whom, and what will be kept. */
export default async function NewDossier({ searchParams }: { searchParams: Promise<{ procedure?: string }> }) {
  const [t, locale, { procedure: key = '' }] = await Promise.all([
    getTranslations('dossiers.start'),
    getLocale() as Promise<Locale>,
    searchParams,
  ]);
  const [procedure, me] = await read((api) => Promise.all([api.procedures.get({ key }), api.identity.viewer({})]));
  const business = me?.actingFor;
  return (
    <Page>
      <p className="hint">{procedure.title[locale]}</p>
      <h1>{t('title')}</h1>
      <p>
        {business ? t('forBusiness', { name: business.name }) : t('forPerson', { name: me?.name ?? '' })}{' '}
        <Link href={`/my/organisations?next=/my/dossiers/new?procedure=${key}`}>{t('change')}</Link>
      </p>
      <ul>
        <li>{t('saved')}</li>
        <li>{t('anyDevice')}</li>
        <li>{t('nothingSent')}</li>
      </ul>
      <ActionForm action={startDraft.bind(null, key)}>
        <SubmitButton>{t('begin')}</SubmitButton>
      </ActionForm>
    </Page>
  );
}
