import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Select } from '#app/_ui/field.tsx';
import { FileUpload } from '#app/_ui/file-upload.tsx';
import { formatDate, formatDateTime } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState, Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { localDate } from '#server/calendar/rules.ts';
import { now } from '#server/platform/clock.ts';
import { reconcile } from '../actions.ts';
import { MismatchCard } from './mismatch-card.tsx';

type Query = { organisation?: string; day?: string; done?: string; error?: string; [value: `v.${string}`]: string };
type Props = { searchParams: Promise<Query> };
const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');

/** Today and the month before it, and the chosen day wherever it lies; the latest first. */
function lastDays(chosen: string): string[] {
  const days = Array.from({ length: 32 }, (_, i) => localDate(new Date(now().getTime() - i * 86_400_000)));
  return days.includes(chosen) ? days : [...days, chosen];
}

export async function generateMetadata() {
  return { title: (await getTranslations('refunds.books'))('title') };
}

/** Books and bank, day by day: what differs, and who settled it how. */
export default async function Reconciliation({ searchParams }: Props) {
  const [t, say, query] = await Promise.all([getTranslations('refunds.books'), getTranslations(), searchParams]);
  const day = isDay(query.day) ? query.day : undefined;
  const books = await read((api) =>
    api.payments.books({
      ...(query.organisation ? { organisationId: query.organisation } : {}),
      ...(day ? { day } : {}),
    }),
  );
  const { organisation } = books;
  const chosen = day ?? localDate(new Date(now().getTime() - 86_400_000));
  const address = (of: string) => `/office/payments/reconciliation?organisation=${organisation.id}&day=${of}`;
  const error =
    query.error && say.has(query.error as never)
      ? say(query.error as never, { line: query['v.line'] ?? '', day: query['v.day'] ?? '' } as never)
      : undefined;
  return (
    <>
      <PageTitle title={t('title')} above={organisation.name} below={t('open', { count: books.openTotal })} />
      <div className="stack-l">
        {query.done && (
          <Notice tone="ok" status>
            <p>{t('resolved')}</p>
          </Notice>
        )}
        {books.forgedTotal > 0 && (
          <Notice tone="wait">
            <p>{t('forged', { count: books.forgedTotal })}</p>
          </Notice>
        )}
        <search>
          <form className="filters" method="get">
            {books.authorities.length > 1 && (
              <Select
                name="organisation"
                label={t('authority')}
                options={books.authorities.map(({ id, name }) => ({ value: id, label: name }))}
                defaultValue={organisation.id}
              />
            )}
            <Select
              name="day"
              label={t('day')}
              options={lastDays(chosen).map((one) => ({ value: one, label: formatDate(one) }))}
              defaultValue={chosen}
            />
            <Button kind="quiet">{t('show')}</Button>
          </form>
        </search>
        <Card title={t('compare', { day: formatDate(chosen) })}>
          {books.bankGivesStatements ? (
            <ActionForm action={reconcile.bind(null, organisation.id, chosen)} label={t('ask')}>
              <SubmitButton>{t('ask')}</SubmitButton>
            </ActionForm>
          ) : (
            <p className="hint">{t('byHand')}</p>
          )}
          <FileUpload
            name="file"
            action={`/api/payments/${organisation.id}/statements/${chosen}?back=/office/payments/reconciliation`}
            label={t('upload')}
            hint={t('uploadHint')}
            accept=".csv,text/csv"
            button={t('uploadSubmit')}
            {...(error ? { error } : {})}
          />
        </Card>
        <section className="stack">
          <h2>{day ? t('ofDay', { day: formatDate(day) }) : t('openOnes')}</h2>
          {books.mismatches.length === 0 && <EmptyState title={t('none')} />}
          {books.mismatches.map((mismatch) => (
            <MismatchCard key={mismatch.id} mismatch={mismatch} />
          ))}
        </section>
        <DataTable
          caption={t('days')}
          empty={<EmptyState title={t('noDays')} />}
          columns={[
            { key: 'day', label: t('day') },
            { key: 'source', label: t('source') },
            { key: 'lines', label: t('lines'), number: true },
            { key: 'matched', label: t('matched'), number: true },
            { key: 'ranAt', label: t('ranAt') },
          ]}
          rows={books.days.map((one) => ({
            id: one.day,
            cells: {
              day: <Link href={address(one.day)}>{formatDate(one.day)}</Link>,
              source: t(`sources.${one.source}`),
              lines: one.lines,
              matched: one.matched,
              ranAt: <DateText value={one.ranAt} time />,
            },
          }))}
        />
        <p className="hint">{t('asOf', { at: formatDateTime(now()) })}</p>
      </div>
    </>
  );
}
