import { getTranslations } from 'next-intl/server';
import { HolderTable } from '#app/_parts/drugs/holder-table.tsx';
import { RecallFacts } from '#app/_parts/drugs/recall-facts.tsx';
import { RecallState } from '#app/_parts/drugs/recall-tag.tsx';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  const { id } = await params;
  return { title: (await read((api) => api.drugs.recall({ id }))).number };
}

/** One recall for officials: every facility that reported a batch of it, and what each has answered. */
export default async function RecallDeskPage({ params }: Props) {
  const { id } = await params;
  const [holders, recall, entry] = await read((api) =>
    Promise.all([
      api.drugs.recallHolders({ id }),
      api.drugs.recall({ id }),
      api.registers.entry({ register: 'recalls', id }),
    ]),
  );
  const t = await getTranslations('recalls');
  const answered = holders.filter(({ answer }) => answer !== null).length;
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers/recalls' }, { label: recall.number }]} />
      <PageTitle
        title={recall.drug.name}
        above={recall.number}
        below={<RecallState state={recall.state} />}
        actions={
          entry.mayPropose && (
            <LinkButton kind="quiet" href={`/office/registers/recalls/${id}/change`}>
              {t('desk.change')}
            </LinkButton>
          )
        }
      />
      <div className="columns">
        <section className="stack">
          <h2>{t('desk.holders')}</h2>
          {holders.length > 0 && <p>{t('desk.answered', { answered, total: holders.length })}</p>}
          <HolderTable holders={holders} />
        </section>
        <aside className="stack">
          <RecallFacts recall={recall} />
          <p>
            <Link href={`/registers/recalls/${id}`}>{t('desk.public')}</Link>
          </p>
        </aside>
      </div>
    </>
  );
}
