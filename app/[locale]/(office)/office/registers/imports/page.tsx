import { getLocale, getTranslations } from 'next-intl/server';
import { importTones } from '#app/_parts/registers/imports/tones.ts';
import { read } from '#app/_server/caller.ts';
import { pageIn } from '#app/_ui/address.ts';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select } from '#app/_ui/field.tsx';
import { FileField } from '#app/_ui/file-field.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { PostForm } from '#app/_ui/post-form.tsx';
import { Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { localePath } from '#i18n/locale-path.ts';

type Props = { searchParams: Promise<Record<string, string | undefined>> };
const largestMegabytes = 60;

export async function generateMetadata() {
  return { title: (await getTranslations('registers'))('imports.title') };
}

/** Sheets that were taken in, and the form for another one. */
export default async function ImportsPage({ searchParams }: Props) {
  const query = await searchParams;
  const page = pageIn(query);
  const [list, t, say, locale] = await Promise.all([
    read((api) => api.registers.imports({ page })),
    getTranslations('registers'),
    getTranslations(),
    getLocale(),
  ]);
  const values = Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => (key.startsWith('v.') ? [[key.slice(2), value]] : [])),
  );
  const error = query.error && say.has(query.error as never) ? say(query.error as never, values as never) : undefined;
  const back = localePath(locale, '/office/registers/imports');
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers' }, { label: t('imports.title') }]} />
      <PageTitle title={t('imports.title')} below={t('imports.intro')} />
      <div className="stack-l">
        {query.done === 'discarded' && (
          <Notice tone="ok" status>
            {t('imports.done.discarded')}
          </Notice>
        )}
        <section className="stack">
          <h2>{t('imports.newTitle')}</h2>
          <PostForm action={`/api/registers/imports?back=${back}`} name="import">
            <Select
              name="register"
              label={t('imports.register')}
              options={list.registers.map((key) => ({ value: key, label: t(`names.${key}` as 'names.drugs') }))}
            />
            {list.authorities.length > 1 && (
              <Select
                name="organisation"
                label={t('imports.authority')}
                options={list.authorities.map(({ id, name, nameEn }) => ({
                  value: id,
                  label: locale === 'en' ? (nameEn ?? name) : name,
                }))}
              />
            )}
            <FileField
              name="file"
              label={t('imports.file')}
              hint={t('imports.fileHint', { megabytes: largestMegabytes })}
              accept=".xlsx,.csv,text/csv"
              error={error}
            />
            <SubmitButton>{t('imports.upload')}</SubmitButton>
          </PostForm>
        </section>
        <section className="stack">
          <h2>{t('imports.list')}</h2>
          <DataTable
            caption={t('imports.list')}
            hideCaption
            empty={<p className="hint">{t('imports.none')}</p>}
            columns={[
              { key: 'file', label: t('imports.columns.file') },
              { key: 'register', label: t('imports.columns.register') },
              { key: 'by', label: t('imports.columns.by') },
              { key: 'at', label: t('imports.columns.at') },
              { key: 'state', label: t('imports.columns.state') },
            ]}
            rows={list.items.map((each) => ({
              id: each.id,
              cells: {
                file: <Link href={`/office/registers/imports/${each.id}`}>{each.fileName}</Link>,
                register: t(`names.${each.register}` as 'names.drugs'),
                by: each.createdBy,
                at: <DateText value={each.createdAt} time />,
                state: <Tag tone={importTones[each.state]}>{t(`imports.states.${each.state}`)}</Tag>,
              },
            }))}
          />
          <Pagination {...list} href={(to) => `/office/registers/imports?page=${to}`} />
        </section>
      </div>
    </>
  );
}
