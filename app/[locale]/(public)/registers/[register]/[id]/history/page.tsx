import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { dayAsked } from '#app/_parts/registers/day-asked.ts';
import { DayField } from '#app/_parts/registers/day-field.tsx';
import { StandingTag } from '#app/_parts/registers/standing-tag.tsx';
import { VersionFacts } from '#app/_parts/registers/version-facts.tsx';
import { VersionHistory } from '#app/_parts/registers/version-history.tsx';
import { read } from '#app/_server/caller.ts';
import { verifyLinks } from '#app/_server/verify-links.ts';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { RegisterKey } from '#server/registers/inputs.ts';

type Props = {
  params: Promise<{ register: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('history.title') };
}

/** What the register said of an entry on any day, by what was known then or is known now. */
export default async function EntryHistoryPage({ params, searchParams }: Props) {
  const { register, id } = await params;
  const key = RegisterKey.safeParse(register).data ?? notFound();
  const [query, t] = [await searchParams, await getTranslations('registers')];
  const [on, known] = [dayAsked(query.on), dayAsked(query.known)];
  const entry = await read((api) =>
    api.registers.entry({
      register: key,
      id,
      ...(on.day ? { on: on.day } : {}),
      ...(known.day ? { known: known.day } : {}),
    }),
  );
  const links = await verifyLinks(entry.history.map(({ documentId }) => documentId));
  const back = `/registers/${key}/${entry.id}`;
  return (
    <Page>
      <Breadcrumbs
        items={[
          { label: t(`names.${key}`), href: `/registers/${key}` },
          { label: entry.title, href: back },
          { label: t('history.title') },
        ]}
      />
      <PageTitle title={t('history.title')} above={entry.title} />
      <div className="stack-l">
        {entry.movedTo && <Notice>{t('history.moved')}</Notice>}
        <FilterForm action={`/registers/${key}/${id}/history`} label={t('history.asOf')}>
          <DayField name="on" label={t('history.on')} hint={t('history.onHint')} asked={on} />
          <DayField name="known" label={t('history.known')} hint={t('history.knownHint')} asked={known} optional />
        </FilterForm>
        <section className="stack">
          <h2>{t('history.heldOn', { day: formatDate(entry.on) })}</h2>
          {entry.closed && <Notice tone="late">{t('history.closed')}</Notice>}
          {entry.status && (
            <p>
              {t('history.standing')}: <StandingTag register={key} status={entry.status} />
            </p>
          )}
          {entry.fields ? <VersionFacts register={key} fields={entry.fields} /> : <p>{t('history.notYet')}</p>}
        </section>
        <section className="stack">
          <h2>{t('history.all')}</h2>
          <p className="hint">{t('history.intro')}</p>
          <VersionHistory entry={entry} links={links} />
        </section>
      </div>
    </Page>
  );
}
