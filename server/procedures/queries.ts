import { z } from 'zod';
import { allow, query } from '#server/platform/index.ts';
import { feeList, type GuideAnswer, guide, type Paper, papersFor } from './apply.ts';
import { getAt, type JsonObject, parseField, setAt, type Text } from './form/index.ts';
import { Catalogue, Guide, ProcedureByKey, VersionById } from './inputs.ts';
import { searchCatalogue } from './search.ts';
import { currentVersion, currentVersions, getVersion, type ProcedureVersion } from './version.ts';

/** A line of the catalogue. Days are working days, money is đồng. */
export interface CatalogueEntry {
  key: string;
  code: string;
  title: Text;
  summary: Text;
  sector: Text;
  applicant: 'business' | 'person' | 'any';
  level: 'full' | 'partial';
  authority: 'ministry' | 'province';
  limitDays: number;
  /** lowest and highest fee */
  fee: { from: number; to: number };
}

/** What a start page says: all that is asked and given, before anyone signs in. */
export interface ProcedureView extends CatalogueEntry {
  versionId: string;
  version: number;
  validFrom: Date;
  whoMayApply: Text[];
  legalBasis: { number: string; title: Text }[];
  supplementAnswerDays: number;
  fees: { label: Text | null; amount: number }[];
  /** every paper that may be asked for; `conditional` ones depend on the answers */
  papers: (Paper & { conditional: boolean })[];
  phases: { key: string; title: Text }[];
  result: { title: Text; note: Text | null };
  hasGuide: boolean;
  /** BPMN XML of the steps, for the viewer */
  diagram: string;
}

function entryOf(version: ProcedureVersion, at: Date): CatalogueEntry {
  const { definition } = version;
  const amounts = feeList(version, at).map((each) => each.amount);
  return {
    key: version.key,
    code: definition.code,
    title: definition.title,
    summary: definition.summary,
    sector: definition.sector,
    applicant: definition.applicant,
    level: definition.level,
    authority: definition.authority.by,
    limitDays: definition.limitDays,
    fee: { from: Math.min(...amounts), to: Math.max(...amounts) },
  };
}

function viewOf(version: ProcedureVersion, at: Date): ProcedureView {
  const { definition } = version;
  const conditional = new Set(definition.papers.filter((paper) => paper.when !== undefined).map((paper) => paper.key));
  const all = definition.papers.map(({ when: _when, ...paper }) => paper);
  return {
    ...entryOf(version, at),
    versionId: version.id,
    version: version.version,
    validFrom: version.validFrom,
    whoMayApply: definition.whoMayApply,
    legalBasis: definition.legalBasis,
    supplementAnswerDays: definition.supplementAnswerDays,
    fees: feeList(version, at),
    papers: papersFor({ definition: { ...definition, papers: all } }, {}).map((paper) => ({
      ...paper,
      conditional: conditional.has(paper.key),
    })),
    phases: definition.phases,
    result: { title: definition.result.certificate.title, note: definition.result.note ?? null },
    hasGuide: definition.guide.questions.length > 0,
    diagram: version.diagram,
  };
}

/** The catalogue, found by words in either language, forgiving accents and typing errors; in order of title without a search. */
export const catalogue = query({
  input: Catalogue,
  load: (db, _input, ctx) => currentVersions(db, ctx.now()),
  allow: () => allow,
  view: (ctx, versions, input) => {
    const fitting = versions
      .filter(({ definition }) => input.sector === undefined || definition.sector.vi === input.sector)
      .filter(
        ({ definition }) =>
          input.applicant === undefined || definition.applicant === 'any' || definition.applicant === input.applicant,
      )
      .filter(({ definition }) => input.level === undefined || definition.level === input.level)
      .sort((a, b) => a.title.vi.localeCompare(b.title.vi, 'vi'));
    const entries = fitting.map(({ key, definition }) => ({
      id: key,
      texts: [
        definition.title.vi,
        definition.title.en,
        ...definition.search,
        definition.code,
        definition.summary.vi,
        definition.summary.en,
        definition.sector.vi,
        definition.sector.en,
      ],
    }));
    const items = searchCatalogue(entries, input.q).map((hit) =>
      entryOf(fitting.find((each) => each.key === hit.id)!, ctx.now()),
    );
    return { items, total: items.length };
  },
});

/** The start page of a procedure in its version in force. */
export const getProcedure = query({
  input: ProcedureByKey,
  load: (db, input, ctx) => currentVersion(db, input.key, ctx.now()),
  allow: () => allow,
  view: (ctx, version) => viewOf(version, ctx.now()),
});

/** The same for one version, e.g. that of an older dossier. */
export const getProcedureVersion = query({
  input: VersionById,
  load: (db, input) => getVersion(db, input.id),
  allow: () => allow,
  view: (ctx, version) => viewOf(version, ctx.now()),
});

/** The guide: questions still to answer, and the papers, fee and obstacles that follow from the answers so far. Nothing is stored. */
export const askGuide = query({
  input: Guide,
  load: (db, input, ctx) => currentVersion(db, input.key, ctx.now()),
  allow: () => allow,
  view: (ctx, version, input): GuideAnswer & { answers: Record<string, string> } => {
    let answers: JsonObject = {};
    for (const { field } of version.definition.guide.questions) {
      const definition = version.form.fields[field];
      const typed = input.values[field];
      const value = definition && typed !== undefined ? parseField(definition, typed) : undefined;
      if (value !== undefined) answers = setAt(answers, field, value);
    }
    const result = guide(version, answers, ctx.now());
    const asked = new Set(result.questions.map((question) => question.field));
    const given = Object.entries(input.values).filter(
      ([field]) => asked.has(field) && getAt(answers, field) !== undefined,
    );
    return { ...result, answers: Object.fromEntries(given) };
  },
});

/** Sectors of the catalogue, for its filter. */
export const sectors = query({
  input: z.strictObject({}),
  load: (db, _input, ctx) => currentVersions(db, ctx.now()),
  allow: () => allow,
  view: (_ctx, versions) => [
    ...new Map(versions.map(({ definition }) => [definition.sector.vi, definition.sector])).values(),
  ],
});
