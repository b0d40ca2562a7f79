import { decide } from './decision/evaluate.ts';
import type { DecisionModel } from './decision/table.ts';
import { type PaperDefinition, type ProcedureDefinition, paperKinds } from './definition.ts';
import type { FormDefinition, Text } from './form/definition.ts';
import { getAt, setAt } from './form/paths.ts';
import type { Json, JsonObject } from './form/schema.ts';
import { matches } from './form/validate.ts';

/** Answers as other modules hold them. */
export type AnswerData = Record<string, unknown>;

/** What the rules below need of a version. */
export interface Rules {
  definition: ProcedureDefinition;
  form: FormDefinition;
  decisions: DecisionModel;
}

/** A paper as it is asked for: `accepts` are media types, `maxBytes` is for each file. */
export interface Paper {
  key: string;
  title: Text;
  hint?: Text;
  required: boolean;
  form: PaperDefinition['form'];
  copies: number;
  accepts: string[];
  maxBytes: number;
  maxFiles: number;
  legalGround?: string;
}

const toPaper = (paper: PaperDefinition): Paper => ({
  key: paper.key,
  title: paper.title,
  ...(paper.hint && { hint: paper.hint }),
  required: paper.required,
  form: paper.form,
  copies: paper.copies,
  accepts: paper.accepts.map((kind) => paperKinds[kind]),
  maxBytes: paper.maxMegabytes * 1_048_576,
  maxFiles: paper.maxFiles,
  ...(paper.legalGround && { legalGround: paper.legalGround }),
});

/** Every kind of paper a procedure may ask for, whatever is answered. */
export const paperTitles = ({ definition }: Pick<Rules, 'definition'>): { key: string; title: Text }[] =>
  definition.papers.map(({ key, title }) => ({ key, title }));

/** The papers these answers ask for, in order. */
export function papersFor({ definition }: Pick<Rules, 'definition'>, answers: AnswerData): Paper[] {
  return definition.papers
    .filter((paper) => paper.when === undefined || matches(paper.when, answers as JsonObject, paper.when))
    .map(toPaper);
}

export interface Fee {
  /** đồng */
  amount: number;
  lines: { label: Text; amount: number }[];
}

const feeLabel: Text = { vi: 'Phí thẩm định', en: 'Assessment fee' };

/** The fee by the procedure's tables. `at` is the day of filing, since reductions hold for stated periods; an answer still missing gives 0. */
export function feeFor(
  { definition, decisions }: Rules,
  answers: AnswerData,
  at: Date,
  channel: 'online' | 'counter' = 'online',
): Fee {
  if (!definition.fee) return { amount: 0, lines: [] };
  const on = new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
  const value = decide(decisions, definition.fee.decision, { ...answers, filing: { channel, on } });
  const amount = typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : 0;
  return { amount, lines: amount > 0 ? [{ label: feeLabel, amount }] : [] };
}

/** The fee for each choice of the field it depends on, for the start page; one line when it depends on none. */
export function feeList(rules: Rules, at: Date): { label: Text | null; amount: number }[] {
  const by = rules.definition.fee?.by;
  const options = by ? rules.form.fields[by]?.options : undefined;
  if (!by || !options) return [{ label: null, amount: feeFor(rules, {}, at).amount }];
  return options.map((option) => ({
    label: option.label,
    amount: feeFor(rules, setAt({}, by, option.value), at).amount,
  }));
}

/** What a dossier is called: the answer the procedure names; empty while it is missing. */
export function titleOf({ definition }: Pick<Rules, 'definition'>, answers: AnswerData): string {
  const title = getAt(answers as JsonObject, definition.titleField);
  return typeof title === 'string' ? title : '';
}

/** Province whose health department decides; null: the ministry; undefined: not answered yet. */
export function routedProvince(
  { definition }: Pick<Rules, 'definition'>,
  answers: AnswerData,
): string | null | undefined {
  if (definition.authority.by === 'ministry') return null;
  const province = getAt(answers as JsonObject, definition.authority.field);
  return typeof province === 'string' ? province : undefined;
}

/** First answers from what is known about the applicant: each field's `prefill` names it (`organisation.taxCode`). */
export function prefill(form: FormDefinition, known: Record<string, unknown>): JsonObject {
  let answers: JsonObject = {};
  for (const [path, field] of Object.entries(form.fields)) {
    if (!field.prefill || path.includes('*')) continue;
    const value = getAt(known as Json, field.prefill);
    if (typeof value === 'string' && value !== '') answers = setAt(answers, path, value);
  }
  return answers;
}

export interface GuideAnswer {
  /** questions to ask, given what has been answered */
  questions: { field: string; question: Text; options: { value: string; label: Text }[] }[];
  complete: boolean;
  /** why one may not apply with these answers */
  stops: Text[];
  papers: Paper[];
  fee: Fee;
}

const yesNo = [
  { value: 'yes', label: { vi: 'Có', en: 'Yes' } },
  { value: 'no', label: { vi: 'Không', en: 'No' } },
];

/** The guide: at most ten questions, and the papers, fee and obstacles that follow from the answers so far. */
export function guide(rules: Rules, answers: AnswerData, at: Date): GuideAnswer {
  const { questions, stops } = rules.definition.guide;
  const asked = questions.filter(
    (question) => question.when === undefined || matches(question.when, answers as JsonObject, question.when),
  );
  return {
    questions: asked.map(({ field, question }) => ({
      field,
      question,
      options: rules.form.fields[field]?.options ?? yesNo,
    })),
    complete: asked.every(({ field }) => getAt(answers as JsonObject, field) !== undefined),
    stops: stops.filter((stop) => matches(stop.when, answers as JsonObject, stop.when)).map((stop) => stop.text),
    papers: papersFor(rules, answers),
    fee: feeFor(rules, answers, at),
  };
}

/** Checklist entries that apply to these answers. */
export function checklistFor(
  items: ProcedureDefinition['checklists']['assess'],
  answers: AnswerData,
): { key: string; label: Text }[] {
  return items
    .filter((item) => item.when === undefined || matches(item.when, answers as JsonObject, item.when))
    .map(({ key, label }) => ({ key, label }));
}
