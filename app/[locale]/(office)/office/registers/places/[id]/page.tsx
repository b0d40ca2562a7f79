import { getLocale, getTranslations } from 'next-intl/server';
import { placeInDoubt } from '#app/_server/registers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { formatNumber } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { PlaceChoice } from '#server/facilities/index.ts';
import { propose } from './actions.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  return { title: (await placeInDoubt((await params).id)).name };
}

/** One place in doubt: what is stated, where the coordinates lie, and what a person may choose. */
export default async function PlacePage({ params }: Props) {
  const review = await placeInDoubt((await params).id);
  const [t, desk, locale] = [
    await getTranslations('facilities'),
    await getTranslations('registers'),
    await getLocale(),
  ];
  const nameOf = (unit: { name: string; nameEn: string }) => (locale === 'en' ? unit.nameEn : unit.name);
  const textOf = ({ ward, province }: PlaceChoice) =>
    ward
      ? t('places.choice', { ward: nameOf(ward), code: ward.code, province: nameOf(province) })
      : t('places.choiceOpen', { province: nameOf(province) });
  const { latitude, longitude } = review;
  const hasPoint = latitude !== null && longitude !== null;
  const facts = [
    { label: t('detail.code'), value: review.code },
    { label: t('detail.address'), value: review.addressLine },
    {
      label: t('places.statedWard'),
      value: review.ward ? `${nameOf(review.ward)} (${review.ward.code})` : t('places.noWard'),
    },
    { label: t('places.statedProvince'), value: `${nameOf(review.province)} (${review.province.code})` },
    {
      label: t('detail.place'),
      value: hasPoint ? (
        <Link href={`/map?near=${latitude},${longitude}`}>
          {t('detail.coordinates', {
            latitude: formatNumber(latitude, locale, 6),
            longitude: formatNumber(longitude, locale, 6),
          })}
        </Link>
      ) : (
        t('places.noPoint')
      ),
    },
  ];
  return (
    <>
      <Breadcrumbs
        items={[
          { label: desk('desk.title'), href: '/office/registers' },
          { label: t('places.title'), href: '/office/registers/places' },
          { label: review.name },
        ]}
      />
      <PageTitle title={review.name} above={t(`places.doubts.${review.doubt}`)} />
      <div className="columns">
        <div className="stack-l">
          <Notice tone="late">{t(`places.why.${review.doubt}`)}</Notice>
          {review.request ? (
            <Notice>
              <Link href={`/office/registers/requests/${review.request.id}`}>
                {t('places.proposed', { number: review.request.number })}
              </Link>
            </Notice>
          ) : (
            <ActionForm action={propose.bind(null, review.id, review.version)} label={t('places.decide')}>
              <Radios
                name="choice"
                label={t('places.where')}
                options={review.choices.map((choice) => ({
                  value: choice.key,
                  label: textOf(choice),
                  hint: [
                    ...(choice.proposed ? [t('places.byPoint')] : []),
                    ...(hasPoint ? [t(choice.keepsPoint ? 'places.keeps' : 'places.drops')] : []),
                  ].join(' '),
                }))}
              />
              <TextArea name="reason" label={t('places.reason')} hint={t('places.reasonHint')} rows={3} />
              <div className="row">
                <SubmitButton>{t('places.propose')}</SubmitButton>
              </div>
            </ActionForm>
          )}
          <p>
            <Link href={`/office/registers/facilities/${review.id}/change`}>{t('places.otherChange')}</Link>
          </p>
        </div>
        <aside>
          <Facts items={facts} />
        </aside>
      </div>
    </>
  );
}
