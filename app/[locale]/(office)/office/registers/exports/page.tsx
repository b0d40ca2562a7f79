import { getTranslations } from 'next-intl/server';
import { RefreshWhileWaiting } from '#app/_parts/refresh-while-waiting.tsx';
import { ExportTable } from '#app/_parts/registers/export-table.tsx';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Checkbox, Radios } from '#app/_ui/choices.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select } from '#app/_ui/field.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { exportFormats } from '#server/registers/inputs.ts';
import { cancel, start } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
const keptDays = 7;
/** What in an address is no filter of a register. */
const own = new Set(['register', 'done', 'page']);

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('exports.title') };
}

/** Makes files of a register as of any day, with the filters of the page one came from, and gives those that are ready. */
export default async function ExportsPage({ searchParams }: Props) {
  const query = await searchParams;
  const [list, t] = await Promise.all([read((api) => api.registers.exports({})), getTranslations('registers')]);
  const criteria = Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) =>
      !own.has(key) && typeof value === 'string' && value !== '' ? [[key.slice(0, 40), value.slice(0, 200)]] : [],
    ),
  );
  const words = Object.values(criteria).join(' · ');
  const waits = list.items.some(({ state }) => state === 'waiting' || state === 'writing');
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers' }, { label: t('exports.title') }]} />
      <PageTitle title={t('exports.title')} below={t('exports.intro', { days: keptDays })} />
      <div className="stack-l">
        {query.done === 'started' && (
          <Notice tone="ok" status>
            {t('exports.done')}
          </Notice>
        )}
        {query.done === 'cancelled' && (
          <Notice tone="ok" status>
            {t('exports.cancelled')}
          </Notice>
        )}
        {words !== '' && (
          <p>
            {t('exports.filters', { filters: words })}{' '}
            <Link href={`/office/registers/exports?register=${String(query.register ?? '')}`}>
              {t('exports.clear')}
            </Link>
          </p>
        )}
        <ActionForm action={start.bind(null, criteria)} label={t('exports.submit')}>
          <Select
            name="register"
            label={t('exports.register')}
            options={list.registers.map(({ key }) => ({ value: key, label: t(`names.${key}` as 'names.drugs') }))}
            defaultValue={typeof query.register === 'string' ? query.register : 'facilities'}
          />
          <Radios
            name="format"
            label={t('exports.format')}
            defaultValue="xlsx"
            options={exportFormats.map((value) => ({ value, label: t(`exports.formats.${value}`) }))}
          />
          <DateField name="on" label={t('exports.on')} hint={t('exports.onHint')} optional />
          <Checkbox name="own" label={t('exports.own')} />
          <SubmitButton>{t('exports.submit')}</SubmitButton>
        </ActionForm>
        <section className="stack">
          {waits && <RefreshWhileWaiting seconds={3} />}
          <h2>{t('exports.list')}</h2>
          <ExportTable exports={list.items} cancel={(id) => cancel.bind(null, id)} />
        </section>
      </div>
    </>
  );
}
