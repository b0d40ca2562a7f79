import { and, asc, count, eq, gte, inArray, lt, type SQL } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dossierPapers, dossierResults, dossiers } from '#db/schema/dossiers.ts';
import { instant, localDate } from '#server/calendar/index.ts';
import { getOrganisation, organisationsById, type PostView, peopleById } from '#server/identity/index.ts';
import { getVersion } from '#server/procedures/index.ts';
import { DocumentLayout, type DocumentTemplate, renderDocument } from '#server/signatures/index.ts';
import { type DossierStateName, dossierStates, isState } from './rules.ts';
import { placeOf } from './slip-names.ts';

/** A log longer than this is asked for in pieces. */
export const longestLog = 2000;

/** One dossier in form 06. */
export interface LogRow {
  code: string;
  procedure: string;
  applicant: string;
  /** address and telephone, as far as known */
  contact: string;
  files: number;
  receivedAt: Date;
  dueAt: Date | null;
  returnedAt: Date | null;
  state: DossierStateName;
}

interface Range {
  organisationId: string;
  /** `yyyy-mm-dd`, both included */
  fromOn: string;
  toOn: string;
}

const receivedIn = ({ organisationId, fromOn, toOn }: Range): SQL =>
  and(
    eq(dossiers.authorityId, organisationId),
    gte(dossiers.receivedAt, instant(fromOn)),
    lt(dossiers.receivedAt, new Date(instant(toOn).getTime() + 86_400_000)),
  )!;

/** How many dossiers an authority received on these days. */
export async function logLength(db: Reader, range: Range): Promise<number> {
  const [row] = await db.select({ n: count() }).from(dossiers).where(receivedIn(range));
  return row!.n;
}

/** The dossiers an authority received on these days, in order of receipt. */
export async function logRows(db: Reader, range: Range): Promise<LogRow[]> {
  const rows = await db
    .select()
    .from(dossiers)
    .where(receivedIn(range))
    .orderBy(asc(dossiers.receivedAt), asc(dossiers.code))
    .limit(longestLog);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const [people, businesses, files, results] = await Promise.all([
    peopleById(
      db,
      rows.map((row) => row.applicantUserId),
    ),
    organisationsById(
      db,
      rows.flatMap((row) => row.organisationId ?? []),
    ),
    db
      .select({ dossierId: dossierPapers.dossierId, n: count() })
      .from(dossierPapers)
      .where(inArray(dossierPapers.dossierId, ids))
      .groupBy(dossierPapers.dossierId),
    db
      .select({ dossierId: dossierResults.dossierId, at: dossierResults.deliveredAt })
      .from(dossierResults)
      .where(and(inArray(dossierResults.dossierId, ids), eq(dossierResults.withdrawn, false))),
  ]);
  const filesOf = new Map(files.map((each) => [each.dossierId, each.n]));
  const returned = new Map(results.map((each) => [each.dossierId, each.at]));
  return Promise.all(
    rows.map(async (row): Promise<LogRow> => {
      const who = row.organisationId ? businesses.get(row.organisationId) : people.get(row.applicantUserId);
      const address = who && 'address' in who ? who.address : null;
      return {
        code: row.code!,
        procedure: (await getVersion(db, row.procedureVersionId)).title.vi,
        applicant: who?.name ?? '',
        contact: [address, who?.phone].filter(Boolean).join('; '),
        files: filesOf.get(row.id) ?? 0,
        receivedAt: row.receivedAt!,
        dueAt: row.dueAt,
        returnedAt: returned.get(row.id) ?? null,
        state: dossierStates[isState(row.state) ? row.state : 0],
      };
    }),
  );
}

/** Everything printed on a log, as it stood when it was issued. Instants are texts. */
export interface LogContent {
  authority: string;
  superior: string | null;
  officer: { title: string; name: string } | null;
  rows: (Record<keyof LogRow, unknown> & { stateText: string })[];
}

export async function logContent(
  db: Reader,
  range: Range,
  stateText: (state: DossierStateName) => string,
  officer: PostView | null,
): Promise<LogContent> {
  const { name, superiorName } = await getOrganisation(db, range.organisationId);
  const rows = (await logRows(db, range)).map((row) => ({ ...row, stateText: stateText(row.state) }));
  return {
    authority: name,
    superior: superiorName,
    officer: officer && { title: officer.title, name: officer.name },
    rows: JSON.parse(JSON.stringify(rows)) as LogContent['rows'],
  };
}

const day = (value: unknown): string =>
  value
    ? localDate(new Date(String(value)))
        .split('-')
        .reverse()
        .join('/')
    : '';
const dmy = (date: string): string => date.split('-').reverse().join('/');

/** The PDF of form 06 (Circular 01/2018/TT-VPCP, A4), from the kept content alone: rendering again gives the same bytes. */
export function renderLog(
  content: LogContent,
  { fromOn, toOn, number, issuedAt }: { fromOn: string; toOn: string; number: number; issuedAt: Date },
): Promise<Uint8Array> {
  const { authority, superior, officer, rows } = content;
  const layout: DocumentTemplate = {
    version: 1,
    page: 'A4',
    title: 'SỔ THEO DÕI HỒ SƠ',
    author: authority,
    createdAt: issuedAt.toISOString(),
    missingCharacter: 'box',
    blocks: [
      {
        kind: 'header',
        ...(superior ? { superior: superior.toUpperCase() } : {}),
        agency: authority.toUpperCase(),
        number: { text: `${String(number).padStart(2, '0')}/STD` },
        place: placeOf(superior ?? authority),
        date: { on: localDate(issuedAt) },
      },
      { kind: 'title', text: 'SỔ THEO DÕI HỒ SƠ' },
      { kind: 'paragraph', text: `Hồ sơ tiếp nhận từ ${dmy(fromOn)} đến ${dmy(toOn)}: ${rows.length} hồ sơ.` },
      {
        kind: 'table',
        columns: [
          { title: 'STT', share: 2, align: 'center' },
          { title: 'Mã hồ sơ, thủ tục', share: 8 },
          { title: 'Người nộp', share: 7 },
          { title: 'Tệp', share: 2, align: 'center' },
          { title: 'Nhận', share: 4 },
          { title: 'Hẹn trả', share: 4 },
          { title: 'Trả', share: 4 },
          { title: 'Ghi chú', share: 4 },
        ],
        rows: rows.map((row, index) => [
          String(index + 1),
          `${row.code}. ${row.procedure}`,
          [row.applicant, row.contact].filter(Boolean).join('. '),
          String(row.files),
          day(row.receivedAt),
          day(row.dueAt),
          day(row.returnedAt),
          row.stateText,
        ]),
      },
      {
        kind: 'signatures',
        left: [],
        signers: [{ title: [(officer?.title ?? 'NGƯỜI LẬP SỔ').toUpperCase()], name: officer?.name ?? '', fields: [] }],
      },
    ],
  };
  return renderDocument(DocumentLayout.parse(layout));
}
