import { getTranslations } from 'next-intl/server';
import { DuplicateCard } from '#app/_parts/registers/duplicate-card.tsx';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { pageIn } from '#app/_ui/address.ts';
import { Select } from '#app/_ui/field.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { EmptyState, Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { keepApart, look, merge } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('duplicates.title') };
}

/** Entries that may be one, side by side: a person says whether they are. */
export default async function DuplicatesPage({ searchParams }: Props) {
  const query = await searchParams;
  const page = pageIn(query);
  const [list, t] = await Promise.all([
    read((api) => api.registers.duplicates({ page })),
    getTranslations('registers'),
  ]);
  const done = (['proposed', 'apart', 'looking'] as const).find((each) => each === query.done);
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers' }, { label: t('duplicates.title') }]} />
      <PageTitle title={t('duplicates.title')} below={t('duplicates.intro')} />
      <div className="stack-l">
        {done && (
          <Notice tone="ok" status>
            {t(`duplicates.done.${done}`)}
          </Notice>
        )}
        <ActionForm action={look} label={t('duplicates.look')}>
          <Select
            name="register"
            label={t('duplicates.register')}
            options={list.registers.map((key) => ({ value: key, label: t(`names.${key}` as 'names.drugs') }))}
          />
          <SubmitButton kind="quiet">{t('duplicates.look')}</SubmitButton>
        </ActionForm>
        {list.items.length === 0 && (
          <EmptyState title={t('duplicates.none')}>
            <p>{t('duplicates.noneHint')}</p>
          </EmptyState>
        )}
        {list.items.map((pair) => {
          const [first, second] = pair.sides;
          return (
            <DuplicateCard
              key={`${first.id} ${second.id}`}
              pair={pair}
              merge={merge.bind(null, pair.register, pair.sides)}
              keepApart={keepApart.bind(null, first.id, second.id)}
            />
          );
        })}
        <Pagination {...list} href={(to) => `/office/registers/duplicates?page=${to}`} />
      </div>
    </>
  );
}
