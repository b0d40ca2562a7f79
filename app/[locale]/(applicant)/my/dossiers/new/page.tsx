import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { Locale } from '#i18n/routing.ts';
import { startDraft } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.start'))('title') };
}

/** Before the first question: for whom one files, and what will be kept. */
export default async function NewDossier({ searchParams }: { searchParams: Promise<{ procedure?: string }> }) {
  const [t, locale, { procedure: key = '' }] = await Promise.all([
    getTranslations('dossiers.start'),
    getLocale() as Promise<Locale>,
    searchParams,
  ]);
  // without a procedure there is nothing to start: it is chosen first
  if (!key) redirect(localePath(locale, '/procedures'));
  const [procedure, me, organisations] = await read((api) =>
    Promise.all([api.procedures.get({ key }), api.identity.viewer({}), api.identity.myOrganisations({})]),
  );
  const businesses = procedure.applicant === 'person' ? [] : organisations;
  const options = [
    ...businesses.map((business) => ({ value: business.id, label: business.name })),
    ...(procedure.applicant === 'business' ? [] : [{ value: 'self', label: t('forPerson', { name: me?.name ?? '' }) }]),
  ];
  return (
    <Page>
      <div className="prose">
        <PageTitle above={procedure.title[locale]} title={t('title')} />
        <ul>
          <li>{t('saved')}</li>
          <li>{t('anyDevice')}</li>
          <li>{t('nothingSent')}</li>
        </ul>
        {options.length === 0 ? (
          <Notice tone="wait" title={t('noBusiness')}>
            <LinkButton href="/my/organisations" kind="quiet">
              {t('addBusiness')}
            </LinkButton>
          </Notice>
        ) : (
          <ActionForm action={startDraft.bind(null, key)}>
            <Radios
              name="for"
              label={t('forWhom')}
              options={options}
              defaultValue={me?.actingFor?.id ?? options[0]?.value}
            />
            <SubmitButton>{t('begin')}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </Page>
  );
}
