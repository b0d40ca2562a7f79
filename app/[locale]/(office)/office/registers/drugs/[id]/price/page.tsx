import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { recordPrice } from './actions.ts';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations('drugs'))('prices.record') };
}

/** Records a declared price, or corrects one that was recorded. */
export default async function RecordPricePage({ params, searchParams }: Props) {
  const { id } = await params;
  const { corrects } = await searchParams;
  const { drug } = await read((api) => api.drugs.forRecording({ id }));
  const before =
    typeof corrects === 'string'
      ? ((await read((api) => api.drugs.prices({ id }))).history.find((price) => price.id === corrects) ?? notFound())
      : null;
  const t = await getTranslations('drugs');
  const title = t(before ? 'prices.correctTitle' : 'prices.record');
  return (
    <>
      <Breadcrumbs
        items={[
          { label: t('desk.title'), href: '/office/registers/drugs' },
          { label: drug.name, href: `/office/registers/drugs/${id}` },
          { label: title },
        ]}
      />
      <PageTitle title={title} above={drug.name} />
      <div className="prose stack">
        {before && <p>{t('prices.intro')}</p>}
        <ActionForm action={recordPrice.bind(null, id, before?.id ?? null)} label={title}>
          <TextField
            name="price"
            label={t('prices.price')}
            hint={t('prices.priceHint')}
            inputMode="numeric"
            width={10}
            defaultValue={before ? String(before.price) : undefined}
          />
          <TextField name="unit" label={t('prices.unit')} hint={t('prices.unitHint')} defaultValue={before?.unit} />
          <DateField name="effectiveFrom" label={t('prices.from')} defaultValue={before?.effectiveFrom} />
          <TextField
            name="declaredBy"
            label={t('prices.declaredBy')}
            defaultValue={before?.declaredBy ?? drug.registrant ?? undefined}
          />
          <DateField name="announcedOn" label={t('prices.announcedOn')} defaultValue={before?.announcedOn} />
          <SubmitButton>{t('prices.save')}</SubmitButton>
        </ActionForm>
      </div>
    </>
  );
}
