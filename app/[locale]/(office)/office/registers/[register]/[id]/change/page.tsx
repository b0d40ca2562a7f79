import { notFound, redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { ProposalForm } from '#app/_parts/registers/change-form.tsx';
import { read } from '#app/_server/caller.ts';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { localDate } from '#server/calendar/rules.ts';
import { now } from '#server/platform/clock.ts';
import { RegisterKey } from '#server/registers/inputs.ts';
import { propose } from './actions.ts';

type Props = { params: Promise<{ register: string; id: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('form.title') };
}

/** Proposes a change of an entry: another person approves it. */
export default async function ProposeChangePage({ params }: Props) {
  const { register, id } = await params;
  const key = RegisterKey.safeParse(register).data ?? notFound();
  const { movedTo } = await read((api) => api.registers.entry({ register: key, id }));
  if (movedTo) redirect(localePath(await getLocale(), `/office/registers/${key}/${movedTo}/change`));
  const [form, waiting] = await read((api) =>
    Promise.all([
      api.registers.changeForm({ register: key, id }),
      api.registers.requests({ register: key, entryId: id, state: 'proposed' }),
    ]),
  );
  const t = await getTranslations('registers');
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers' }, { label: form.title }]} />
      <PageTitle title={t('form.title')} above={form.title} />
      <div className="prose stack">
        <p>{t('form.intro')}</p>
        {waiting.items.map((request) => (
          <Notice key={request.id} tone="late">
            {t.rich('form.waits', {
              number: request.number,
              kind: t(`kinds.${request.kind}`),
              link: (words) => <Link href={`/office/registers/requests/${request.id}`}>{words}</Link>,
            })}
          </Notice>
        ))}
        <ProposalForm form={form} today={localDate(now())} action={propose.bind(null, key, id, form.version ?? 0)} />
      </div>
    </>
  );
}
