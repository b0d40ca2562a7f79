import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { pageIn } from '#app/_ui/address.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { placeDoubts } from '#server/facilities/inputs.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('facilities'))('places.title') };
}

/** The facilities of one's authority whose place is in doubt: a person settles each, another approves. */
export default async function PlacesPage({ searchParams }: Props) {
  const query = await searchParams;
  const page = pageIn(query);
  const doubt = placeDoubts.find((each) => each === query.doubt);
  const list = await read((api) => api.facilities.places({ page, ...(doubt ? { doubt } : {}) }));
  const [t, desk, english] = [
    await getTranslations('facilities'),
    await getTranslations('registers'),
    (await getLocale()) === 'en',
  ];
  return (
    <>
      <Breadcrumbs items={[{ label: desk('desk.title'), href: '/office/registers' }, { label: t('places.title') }]} />
      <PageTitle title={t('places.title')} />
      <div className="stack-l">
        <p>{t('places.intro')}</p>
        <FilterForm action="/office/registers/places" label={t('places.filter')}>
          <Select
            name="doubt"
            label={t('places.doubt')}
            optional
            defaultValue={doubt ?? ''}
            options={[
              { value: '', label: t('places.any') },
              ...placeDoubts.map((value) => ({ value, label: t(`places.doubts.${value}`) })),
            ]}
          />
        </FilterForm>
        <DataTable
          caption={t('places.title')}
          hideCaption
          empty={<p className="hint">{t('places.none')}</p>}
          columns={[
            { key: 'facility', label: t('places.facility') },
            { key: 'stated', label: t('places.stated') },
            { key: 'doubt', label: t('places.doubt') },
            { key: 'since', label: t('places.since') },
            { key: 'state', label: desk('desk.state') },
          ]}
          rows={list.items.map((review) => ({
            id: review.id,
            cells: {
              facility: <Link href={`/office/registers/places/${review.id}`}>{review.name}</Link>,
              stated: [review.ward, review.province]
                .flatMap((unit) => (unit ? (english ? unit.nameEn : unit.name) : []))
                .join(', '),
              doubt: t(`places.doubts.${review.doubt}`),
              since: <DateText value={review.openedAt} />,
              state: review.request ? (
                <Tag tone="wait">{t('places.proposed', { number: review.request.number })}</Tag>
              ) : (
                <Tag tone="late">{t('places.open')}</Tag>
              ),
            },
          }))}
        />
        <Pagination {...list} href={(to) => `/office/registers/places?page=${to}${doubt ? `&doubt=${doubt}` : ''}`} />
      </div>
    </>
  );
}
