import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { TextArea, TextField } from '#app/_ui/field.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { writeLines } from '#server/drugs/rules.ts';
import { recordTest } from './actions.ts';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations('drugs'))('tests.record') };
}

/** Records what a laboratory found in a sample, or corrects a record. */
export default async function RecordTestPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { corrects } = await searchParams;
  const { drug } = await read((api) => api.drugs.forRecording({ id }));
  const before =
    typeof corrects === 'string'
      ? ((await read((api) => api.drugs.tests({ id }))).find((test) => test.id === corrects) ?? notFound())
      : null;
  const t = await getTranslations('drugs');
  const title = t(before ? 'tests.correctTitle' : 'tests.record');
  return (
    <>
      <Breadcrumbs
        items={[
          { label: t('desk.title'), href: '/office/registers/drugs' },
          { label: drug.name, href: `/office/registers/drugs/${id}` },
          { label: title },
        ]}
      />
      <PageTitle title={title} above={drug.name} below={t('tests.intro')} />
      <div className="prose stack">
        <ActionForm action={recordTest.bind(null, id, before?.id ?? null)} label={title}>
          <TextField
            name="sampleNumber"
            label={t('tests.sample')}
            hint={t('tests.sampleHint')}
            width={20}
            defaultValue={before?.sampleNumber}
          />
          <TextField name="batch" label={t('tests.batch')} width={20} defaultValue={before?.batch} />
          <DateField name="takenOn" label={t('tests.takenOn')} defaultValue={before?.takenOn} />
          <TextField
            name="takenAt"
            label={t('tests.takenAt')}
            hint={t('tests.takenAtHint')}
            defaultValue={before?.takenAt}
          />
          <TextField
            name="facilityCode"
            label={t('tests.facilityCode')}
            hint={t('tests.facilityCodeHint')}
            width={20}
            optional
            defaultValue={before?.facility?.code}
          />
          <TextField name="laboratory" label={t('tests.laboratory')} defaultValue={before?.laboratory} />
          <TextField name="method" label={t('tests.method')} defaultValue={before?.method} />
          <TextField
            name="standard"
            label={t('tests.standard')}
            hint={t('tests.standardHint')}
            width={20}
            defaultValue={before?.standard ?? 'DĐVN V'}
          />
          <TextArea
            name="lines"
            label={t('tests.lines')}
            hint={t('tests.linesHint')}
            rows={5}
            defaultValue={before ? writeLines(before.lines) : undefined}
          />
          <TextField
            name="certificateNumber"
            label={t('tests.certificate')}
            width={20}
            defaultValue={before?.certificateNumber}
          />
          <DateField name="certificateOn" label={t('tests.certificateOn')} defaultValue={before?.certificateOn} />
          <SubmitButton>{t('tests.save')}</SubmitButton>
        </ActionForm>
      </div>
    </>
  );
}
