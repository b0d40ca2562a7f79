import './indicators.css';
import { getLocale, getTranslations } from 'next-intl/server';
import { dayAsked } from '#app/_parts/registers/day-asked.ts';
import { DayField } from '#app/_parts/registers/day-field.tsx';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { formatDate, formatNumber } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { measures } from '#server/map/inputs.ts';
import { classesOf } from '#server/map/rules.ts';
import { Choropleth } from './_parts/choropleth.tsx';
import { indicatorHref, readIndicatorView, type Search } from './_parts/indicator-query.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('map'))('indicators.title') };
}

export default async function IndicatorsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const query = await searchParams;
  const view = readIndicatorView(query);
  const [t, m, locale] = [await getTranslations('map.indicators'), await getTranslations('map'), await getLocale()];
  const [table, drawing, provinces, attribution] = await read((api) =>
    Promise.all([
      api.map.indicators(view),
      api.map.outlines(view.provinceCode ? { provinceCode: view.provinceCode } : {}),
      api.territory.provinces({}),
      api.map.attribution({}),
    ]),
  );
  const shownOf = (row: { value: number; rate: number | null }) => (table.withPeople ? row.rate : row.value);
  const number = (value: number | null) =>
    value === null ? '—' : formatNumber(value, locale, table.withPeople ? 1 : 0);
  const classes = classesOf(table.rows.flatMap((row) => shownOf(row) ?? []));
  const nameOf = (row: { name: string; nameEn: string }) => (locale === 'vi' ? row.name : row.nameEn);
  const measure = t(`measures.${view.measure}`);
  const title = view.deviceType ? t('ofType', { measure, type: view.deviceType }) : measure;
  return (
    <Page>
      <Breadcrumbs items={[{ label: m('title'), href: '/map' }, { label: t('title') }]} />
      <PageTitle
        title={t('title')}
        below={t(view.measure === 'equipment' ? 'introEquipment' : 'intro', { date: formatDate(table.on) })}
      />
      <FilterForm action="/map/indicators" label={t('choose')}>
        <Select
          name="measure"
          label={t('measure')}
          defaultValue={view.measure}
          options={measures.map((each) => ({ value: each, label: t(`measures.${each}`) }))}
        />
        {table.deviceTypes.length > 0 && (
          <Select
            name="type"
            label={t('deviceType')}
            empty={t('anyDeviceType')}
            defaultValue={view.deviceType ?? ''}
            options={table.deviceTypes.map((type) => ({ value: type, label: type }))}
          />
        )}
        <Select
          name="province"
          label={t('area')}
          empty={t('country')}
          defaultValue={view.provinceCode ?? ''}
          options={provinces.map((unit) => ({ value: unit.code, label: locale === 'vi' ? unit.name : unit.nameEn }))}
        />
        <DayField name="on" label={t('on')} hint={t('onHint')} asked={dayAsked(query.on)} />
      </FilterForm>
      {!table.withPeople && <Notice tone="info">{t('noPeople')}</Notice>}
      <div className="choropleth-page">
        <figure>
          <figcaption>
            <b>{table.withPeople ? t('rateOf', { measure: title }) : title}</b>
          </figcaption>
          {drawing.shapes.length > 0 ? (
            <Choropleth
              drawing={drawing}
              locale={locale}
              label={t('figure', { measure: title })}
              values={table.rows.map((row) => ({
                code: row.code,
                text: `${nameOf(row)}: ${number(shownOf(row))}`,
                level: classes.levelOf(shownOf(row)),
              }))}
            />
          ) : (
            <p className="hint">{t('noOutlines')}</p>
          )}
          <ul className="legend">
            {classes.ranges.map(([from, to], level) => (
              <li key={from}>
                <span className={`swatch level-${level}`} aria-hidden="true" />
                {t('range', { from: number(from), to: number(to) })}
              </li>
            ))}
            <li>
              <span className="swatch level-none" aria-hidden="true" />
              {t('unknown')}
            </li>
          </ul>
          <p className="hint">
            {table.withPeople && t('peopleSource')} {locale === 'vi' ? attribution.vi : attribution.en}
          </p>
        </figure>
        <section className="stack">
          <div className="between">
            <h2>{t('table')}</h2>
            <LinkButton kind="quiet" small href={`/api/map/indicators${indicatorHref('', view)}`}>
              {t('download')}
            </LinkButton>
          </div>
          <DataTable
            caption={title}
            hideCaption
            columns={[
              { key: 'name', label: view.provinceCode ? t('ward') : t('province') },
              { key: 'value', label: t('count'), number: true },
              ...(table.withPeople
                ? [
                    { key: 'people', label: t('people'), number: true },
                    { key: 'rate', label: t('rate'), number: true },
                  ]
                : []),
            ]}
            rows={[
              ...table.rows.map((row) => ({
                id: row.code,
                cells: {
                  name: view.provinceCode ? (
                    nameOf(row)
                  ) : (
                    <Link href={indicatorHref('/map/indicators', { ...view, provinceCode: row.code })}>
                      {nameOf(row)}
                    </Link>
                  ),
                  value: formatNumber(row.value, locale, 0),
                  people: row.people === null ? '—' : formatNumber(row.people, locale, 0),
                  rate: number(row.rate),
                },
              })),
              {
                id: 'total',
                cells: {
                  name: <b>{t('total')}</b>,
                  value: <b>{formatNumber(table.total.value, locale, 0)}</b>,
                  people: <b>{table.total.people === null ? '—' : formatNumber(table.total.people, locale, 0)}</b>,
                  rate: <b>{number(table.total.rate)}</b>,
                },
              },
            ]}
          />
        </section>
      </div>
    </Page>
  );
}
