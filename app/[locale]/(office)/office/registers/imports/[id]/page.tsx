import { getTranslations } from 'next-intl/server';
import { RefreshWhileWaiting } from '#app/_parts/refresh-while-waiting.tsx';
import { MappingForm } from '#app/_parts/registers/imports/mapping-form.tsx';
import { ImportRowTable } from '#app/_parts/registers/imports/row-table.tsx';
import { SheetForm } from '#app/_parts/registers/imports/sheet-form.tsx';
import { ImportSteps } from '#app/_parts/registers/imports/step-forms.tsx';
import { importTones } from '#app/_parts/registers/imports/tones.ts';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { pageIn } from '#app/_ui/address.ts';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { Notice, ProgressBar, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { rowOutcomes } from '#server/registers/inputs.ts';
import { working } from '#server/registers/rules.ts';
import { chooseRows, chooseSheet, decide, discard, map, propose, proposeUndo } from './actions.ts';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | undefined>> };
const load = async (id: string) => read((api) => api.registers.import({ importId: id }));

export async function generateMetadata({ params }: Props) {
  return { title: (await load((await params).id)).fileName };
}

/** One sheet from its columns to what was written of it: each row with what would become of it, and the next step. */
export default async function ImportPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const sheet = await load(id);
  const [t, say] = await Promise.all([getTranslations('registers'), getTranslations()]);
  const base = `/office/registers/imports/${id}`;
  const maps =
    sheet.state === 'uploaded' || sheet.state === 'failed' || (sheet.state === 'previewed' && query.map === '1');
  const works = working.includes(sheet.state);
  const done = (['proposed', 'decided', 'rows'] as const).find((each) => each === query.done);
  return (
    <>
      <Breadcrumbs
        items={[
          { label: t('desk.title'), href: '/office/registers' },
          { label: t('imports.title'), href: '/office/registers/imports' },
          { label: sheet.fileName },
        ]}
      />
      <PageTitle
        title={sheet.fileName}
        above={t(`names.${sheet.register}` as 'names.drugs')}
        below={<Tag tone={importTones[sheet.state]}>{t(`imports.states.${sheet.state}`)}</Tag>}
      />
      <div className="stack-l">
        {done && (
          <Notice tone="ok" status>
            {t(`imports.done.${done}`)}
          </Notice>
        )}
        {sheet.fault && (
          <Notice tone="late">
            {say.has(sheet.fault.reason as never)
              ? say(sheet.fault.reason as never, sheet.fault.values as never)
              : sheet.fault.reason}
          </Notice>
        )}
        {sheet.writtenBefore && <Notice>{t('imports.writtenBefore', { day: formatDate(sheet.writtenBefore) })}</Notice>}
        {works && (
          <section className="stack">
            <RefreshWhileWaiting seconds={2} />
            {sheet.total ? (
              <ProgressBar label={t('imports.progress')} value={sheet.done} max={sheet.total} />
            ) : (
              <p role="status">{t('imports.rowsRead', { count: sheet.done })}</p>
            )}
            <p>
              <Link href={base}>{t('imports.refresh')}</Link>
            </p>
          </section>
        )}
        {maps && (sheet.sheets.length > 1 || (sheet.headingLine ?? 1) > 1) && (
          <SheetForm sheet={sheet} action={chooseSheet.bind(null, id)} />
        )}
        {maps && <MappingForm sheet={sheet} action={map.bind(null, id)} />}
        {!maps && !works && <Rows id={id} sheet={sheet} query={query} base={base} />}
        <ImportFacts sheet={sheet} />
        <ImportSteps
          sheet={sheet}
          steps={{
            propose: propose.bind(null, id),
            decide: decide.bind(null, id),
            proposeUndo: proposeUndo.bind(null, id),
            discard: discard.bind(null, id),
          }}
        />
        {sheet.state === 'previewed' && !maps && (
          <p>
            <Link href={`${base}?map=1`}>{t('imports.map.again')}</Link>
          </p>
        )}
      </div>
    </>
  );
}

type Sheet = Awaited<ReturnType<typeof load>>;

/** The rows, narrowed to what they came to, and for likely duplicates the choices. */
async function Rows(props: { id: string; sheet: Sheet; query: Record<string, string | undefined>; base: string }) {
  const { id, sheet, query, base } = props;
  const t = await getTranslations('registers.imports');
  const outcome = rowOutcomes.find((each) => each === query.outcome);
  const left = query.left === '1';
  const page = pageIn(query);
  const rows = await read((api) =>
    api.registers.importRows({ importId: id, ...(outcome ? { outcome } : {}), left, page }),
  );
  const total = rowOutcomes.reduce((sum, each) => sum + (sheet.counts[each] ?? 0), 0);
  const decides = sheet.state === 'previewed' && outcome === 'duplicate' && rows.items.length > 0;
  const table = <ImportRowTable sheet={sheet} rows={rows.items} decides={decides} />;
  const href = (to: number) =>
    `${base}?${new URLSearchParams({ ...(outcome ? { outcome } : {}), ...(left ? { left: '1' } : {}), page: String(to) })}`;
  const tabs = [
    { href: base, label: t('all'), count: total, on: !outcome && !left },
    ...rowOutcomes
      .filter((each) => (sheet.counts[each] ?? 0) > 0)
      .map((each) => ({
        href: `${base}?outcome=${each}`,
        label: t(`outcomes.${each}`),
        count: sheet.counts[each]!,
        on: outcome === each,
      })),
    ...((sheet.counts.left ?? 0) > 0
      ? [{ href: `${base}?left=1`, label: t('left'), count: sheet.counts.left!, on: left }]
      : []),
  ];
  return (
    <section className="stack">
      <h2>{t('rows')}</h2>
      <nav aria-label={t('rows')}>
        <ul className="row">
          {tabs.map((tab) => (
            <li key={tab.href}>
              <Link href={tab.href} aria-current={tab.on ? 'page' : undefined}>
                {tab.label} ({tab.count})
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {decides ? (
        <ActionForm action={chooseRows.bind(null, id)} label={t('outcomes.duplicate')} className="stack">
          {table}
          <SubmitButton>{t('saveDecisions')}</SubmitButton>
        </ActionForm>
      ) : (
        table
      )}
      <Pagination {...rows} href={href} />
    </section>
  );
}

async function ImportFacts({ sheet }: { sheet: Sheet }) {
  const t = await getTranslations('registers.imports');
  const fact = (label: string, value: string | null) => (value ? [{ label, value }] : []);
  return (
    <Facts
      items={[
        { label: t('columns.by'), value: sheet.createdBy },
        { label: t('columns.at'), value: <DateText value={sheet.createdAt} time /> },
        { label: t('map.validFrom'), value: <DateText value={sheet.validFrom} /> },
        ...fact(t('sheet.name'), sheet.sheets[sheet.sheet] ?? null),
        ...fact(t('map.decisionNumber'), sheet.decisionNumber),
        ...fact(t('decide.by'), sheet.proposedBy),
        ...fact(t('decide.reason'), sheet.reason),
        ...fact(t('decide.decidedBy'), sheet.decidedBy),
        ...fact(t('decide.note'), sheet.decisionNote),
        ...(sheet.writtenAt ? [{ label: t('writtenCount'), value: String(sheet.counts.written ?? 0) }] : []),
        ...(sheet.undoneAt ? [{ label: t('undoneCount'), value: String(sheet.counts.undone ?? 0) }] : []),
      ]}
    />
  );
}
