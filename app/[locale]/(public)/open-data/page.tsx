import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('exchange.openData'))('title') };
}

/** Of a body as it came, never of one that was parsed and written again. */
const recipe = `import { createHmac, timingSafeEqual } from 'node:crypto';

export function isGenuine(secret, headers, body) {
  const time = headers['mot-cua-timestamp'];
  if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return false;
  const own = 'v1=' + createHmac('sha256', secret).update(time + '.' + body).digest('hex');
  const given = String(headers['mot-cua-signature']);
  return own.length === given.length && timingSafeEqual(Buffer.from(own), Buffer.from(given));
}`;

/** What other systems may take from here: whole registers, the interface, FHIR, and word of every change. */
export default async function OpenDataPage() {
  const [t, { licence, date, datasets }] = await Promise.all([
    getTranslations('exchange.openData'),
    read((api) => api.exchange.openData({})),
  ]);
  return (
    <Page>
      <PageTitle title={t('title')} below={t('lead')} />
      <div className="stack-l">
        <section className="stack">
          <h2>{t('files')}</h2>
          <p>
            {t('licence', { name: licence.name, date: formatDate(date) })}{' '}
            <a href={licence.url} rel="license">
              {t('licenceText')}
            </a>
          </p>
          <DataTable
            caption={t('files')}
            hideCaption
            columns={[
              { key: 'file', label: t('dataset') },
              { key: 'format', label: t('format') },
              { key: 'rows', label: t('rows'), number: true },
            ]}
            rows={datasets.map(({ file, register, rows }) => ({
              id: file,
              cells: {
                file: (
                  <a href={`/api/v1/open-data/${file}`} download>
                    {t(`names.${register}`)} ({file})
                  </a>
                ),
                format: file.endsWith('.csv') ? 'CSV' : 'GeoJSON',
                rows,
              },
            }))}
          />
          <p className="hint">{t('fresh')}</p>
        </section>
        <section className="stack">
          <h2>{t('api')}</h2>
          <p>{t('apiText')}</p>
          <ul>
            <li>
              <a href="/api/v1/openapi.json">{t('apiDescription')}</a>
            </li>
            <li>
              <a href="/api/v1/facilities?near=21.0287,105.8522&radiusKm=2">{t('apiExample')}</a>
            </li>
            <li>
              <a href="/api/v1/open-data">{t('apiList')}</a>
            </li>
          </ul>
          <p className="hint">{t('practitioners')}</p>
        </section>
        <section className="stack">
          <h2>{t('fhir')}</h2>
          <p>{t('fhirText')}</p>
          <ul>
            <li>
              <a href="/api/fhir/metadata">{t('fhirMetadata')}</a>
            </li>
            <li>
              <a href="/api/fhir/Location?near=21.0287|105.8522|2|km">{t('fhirExample')}</a>
            </li>
          </ul>
        </section>
        <section className="stack" id="webhooks">
          <h2>{t('webhooks')}</h2>
          <p>{t('webhooksText')}</p>
          <Facts
            items={[
              { label: 'mot-cua-id', value: t('headerId') },
              { label: 'mot-cua-timestamp', value: t('headerTime') },
              { label: 'mot-cua-signature', value: t('headerSignature') },
              { label: 'mot-cua-signature-former', value: t('headerFormer') },
            ]}
          />
          <p>{t('order')}</p>
          <h3>{t('recipe')}</h3>
          <pre>{recipe}</pre>
        </section>
      </div>
    </Page>
  );
}
