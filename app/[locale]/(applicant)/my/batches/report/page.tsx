import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { reportBatch } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('recalls'))('form.title') };
}

/** Reports a batch a facility holds, or corrects what was reported. */
export default async function ReportBatchPage({ searchParams }: Props) {
  const { corrects } = await searchParams;
  const { facilities } = await read((api) => api.drugs.ownBatches({}));
  const before = typeof corrects === 'string' ? await read((api) => api.drugs.ownReport({ reportId: corrects })) : null;
  const t = await getTranslations('recalls');
  const title = t(before ? 'form.correct' : 'form.title');
  const choices = before ? facilities.filter(({ id }) => id === before.facility.id) : facilities;
  return (
    <Page>
      <Breadcrumbs items={[{ href: '/my/batches', label: t('mine.title') }, { label: title }]} />
      <PageTitle title={title} below={before ? t('form.correctIntro') : undefined} />
      {facilities.length === 0 ? (
        <Notice>{t('mine.noFacilities')}</Notice>
      ) : (
        <ActionForm action={reportBatch.bind(null, before?.reportId ?? null)} label={title}>
          <Select
            name="facilityId"
            label={t('form.facility')}
            {...(choices.length > 1 ? { empty: t('form.choose') } : {})}
            options={choices.map(({ id, name, code }) => ({ value: id, label: `${name} (${code})` }))}
            defaultValue={choices.length === 1 ? choices[0]!.id : ''}
          />
          <TextField
            name="drug"
            label={t('form.drug')}
            hint={t('form.drugHint')}
            width={20}
            autoComplete="off"
            defaultValue={before?.drug.registrationNumber}
          />
          <TextField
            name="batch"
            label={t('form.batch')}
            hint={t('form.batchHint')}
            width={20}
            autoComplete="off"
            defaultValue={before?.batch}
          />
          <TextField
            name="quantity"
            label={t('form.quantity')}
            hint={t('form.quantityHint')}
            width={10}
            inputMode="numeric"
            defaultValue={before ? String(before.quantity) : undefined}
          />
          <TextField
            name="unit"
            label={t('form.unit')}
            hint={t('form.unitHint')}
            width={10}
            defaultValue={before?.unit}
          />
          <DateField name="receivedOn" label={t('form.receivedOn')} defaultValue={before?.receivedOn} />
          <SubmitButton>{t('form.save')}</SubmitButton>
        </ActionForm>
      )}
    </Page>
  );
}
