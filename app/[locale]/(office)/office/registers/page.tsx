import { getTranslations } from 'next-intl/server';
import { RequestTable } from '#app/_parts/registers/request-table.tsx';
import { SuggestionTable } from '#app/_parts/registers/suggestion-table.tsx';
import { read } from '#app/_server/caller.ts';
import { pageIn } from '#app/_ui/address.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { LinkList } from '#app/_ui/lists.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { Notice } from '#app/_ui/status.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('desk.title') };
}

/** The desk of who keeps registers: what waits for approval, what the public says, and the way to a new entry. */
export default async function RegistersDeskPage({ searchParams }: Props) {
  const query = await searchParams;
  const { done } = query;
  const [page, suggested] = [pageIn(query), pageIn(query, 10_000, 'said')];
  const [{ mayAdd }, requests, suggestions, places] = await read((api) =>
    Promise.all([
      api.registers.desk({}),
      api.registers.requests({ page }),
      api.registers.suggestions({ page: suggested }),
      api.facilities.places({}),
    ]),
  );
  const t = await getTranslations('registers');
  return (
    <>
      <PageTitle
        title={t('desk.title')}
        actions={(['facilities', 'drugs', 'devices', 'notices'] as const)
          .filter((register) => mayAdd.includes(register))
          .map((register) => (
            <LinkButton
              key={register}
              href={`/office/registers/new/${register}`}
              {...(register === 'facilities' ? {} : { kind: 'quiet' })}
            >
              {t(`desk.new.${register}`)}
            </LinkButton>
          ))}
      />
      <div className="stack-l">
        {(done === 'proposed' || done === 'decided' || done === 'withdrawn' || done === 'answered') && (
          <Notice tone="ok" status>
            {t(`desk.done.${done}`)}
          </Notice>
        )}
        <LinkList
          links={[
            { href: '/office/registers/places', label: t('desk.places'), remark: String(places.total) },
            { href: '/office/registers/duplicates', label: t('duplicates.title') },
            { href: '/office/registers/imports', label: t('imports.title') },
            { href: '/office/registers/exports', label: t('exports.title') },
          ]}
        />
        <section className="stack">
          <h2>{t('desk.requests')}</h2>
          <RequestTable requests={requests.items} />
          <Pagination {...requests} href={(to) => `/office/registers?page=${to}&said=${suggested}`} />
        </section>
        <section className="stack">
          <h2>{t('desk.suggestions')}</h2>
          <SuggestionTable suggestions={suggestions.items} />
          <Pagination {...suggestions} href={(to) => `/office/registers?page=${page}&said=${to}`} />
        </section>
      </div>
    </>
  );
}
