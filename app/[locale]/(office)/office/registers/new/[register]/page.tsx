import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ProposalForm } from '#app/_parts/registers/change-form.tsx';
import { read } from '#app/_server/caller.ts';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { localDate } from '#server/calendar/rules.ts';
import { now } from '#server/platform/clock.ts';
import { RegisterKey } from '#server/registers/inputs.ts';
import { proposeNew } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('form.newTitle') };
}

/** Proposes a new entry: another person approves it. */
export default async function ProposeEntryPage({ params }: { params: Promise<{ register: string }> }) {
  const key = RegisterKey.safeParse((await params).register).data ?? notFound();
  const form = await read((api) => api.registers.emptyForm({ register: key }));
  const t = await getTranslations('registers');
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers' }, { label: t(`names.${key}`) }]} />
      <PageTitle title={t('form.newTitle')} above={t(`names.${key}`)} />
      <div className="prose stack">
        <p>{t('form.intro')}</p>
        <ProposalForm form={form} today={localDate(now())} action={proposeNew.bind(null, key)} />
      </div>
    </>
  );
}
