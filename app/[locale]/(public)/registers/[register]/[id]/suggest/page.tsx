import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { fieldOptions } from '#app/_parts/registers/field-options.ts';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Select, TextArea, TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { RegisterKey } from '#server/registers/inputs.ts';
import { suggest } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('suggest.title') };
}

/** Anybody says what is wrong with an entry. */
export default async function SuggestPage({ params }: { params: Promise<{ register: string; id: string }> }) {
  const { register, id } = await params;
  const key = RegisterKey.safeParse(register).data ?? notFound();
  const entry = await read((api) => api.registers.entry({ register: key, id }));
  const t = await getTranslations('registers');
  return (
    <Page>
      <Breadcrumbs
        items={[
          { label: t(`names.${key}`), href: `/registers/${key}` },
          { label: entry.title, href: `/registers/${key}/${entry.id}` },
          { label: t('suggest.title') },
        ]}
      />
      <PageTitle title={t('suggest.title')} above={entry.title} />
      <div className="prose stack">
        <p>{t('suggest.intro')}</p>
        <ActionForm action={suggest.bind(null, key, entry.id)} label={t('suggest.title')}>
          <Select
            name="field"
            label={t('suggest.field')}
            optional
            empty={t('suggest.other')}
            options={await fieldOptions(key, entry.fields ?? [])}
          />
          <TextArea name="words" label={t('suggest.words')} hint={t('suggest.wordsHint')} maxLength={2000} />
          <TextField
            name="email"
            label={t('suggest.email')}
            hint={t('suggest.emailHint')}
            type="email"
            autoComplete="email"
            optional
          />
          <SubmitButton>{t('suggest.send')}</SubmitButton>
        </ActionForm>
        <p>
          <Link href="/registers/suggestions">{t('suggest.follow')}</Link>
        </p>
      </div>
    </Page>
  );
}
