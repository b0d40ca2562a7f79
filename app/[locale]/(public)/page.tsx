import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { Card } from '#app/_ui/cards.tsx';
import { Link } from '#app/_ui/link.tsx';
import { SearchBox } from '#app/_ui/search-box.tsx';
import type { Locale } from '#i18n/routing.ts';
import { ProcedureLinks } from './procedure-links.tsx';

export async function generateMetadata() {
  const t = await getTranslations('home');
  return { title: { absolute: t('pageTitle') } };
}

const doors = [
  { href: '/procedures', key: 'file' },
  { href: '/track', key: 'track' },
  { href: '/registers/facilities', key: 'find' },
  { href: '/verify', key: 'verify' },
] as const;
const examples = ['pharmacy', 'eligibility', 'drug'] as const;

/** As many as the front door shows; the rest is in the catalogue. */
const shown = 6;

/** The front door: search, the four things people come for, what can be done here. */
export default async function HomePage() {
  const [t, locale] = await Promise.all([getTranslations('home'), getLocale() as Promise<Locale>]);
  const { items } = await read((api) => api.procedures.catalogue({}));
  const procedures = items
    .slice(0, shown)
    .map(({ key, title, limitDays }) => ({ slug: key, title: title[locale], workingDays: limitDays }));
  return (
    <>
      <div className="hero">
        <div className="wrap">
          <h1>{t('title')}</h1>
          <SearchBox action="/procedures" label={t('searchLabel')} placeholder={t('searchPlaceholder')} large />
          <p className="hint">
            {t('searchHint')}{' '}
            {examples.map((key, index) => (
              <span key={key}>
                {index > 0 && ', '}
                <Link href={`/procedures?q=${encodeURIComponent(t(`examples.${key}`))}`}>{t(`examples.${key}`)}</Link>
              </span>
            ))}
          </p>
        </div>
      </div>
      <div className="wrap home">
        <div className="cards">
          {doors.map(({ href, key }) => (
            <Card key={key} href={href} title={t(`doors.${key}.title`)}>
              <p>{t(`doors.${key}.text`)}</p>
            </Card>
          ))}
        </div>
        <ProcedureLinks procedures={procedures} />
        <section className="how" aria-labelledby="how">
          <h2 id="how">{t('how.title')}</h2>
          <ol className="cards">
            {(['prepare', 'file', 'follow', 'receive'] as const).map((key) => (
              <li key={key}>
                <h3>{t(`how.${key}.title`)}</h3>
                <p>{t(`how.${key}.text`)}</p>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}
