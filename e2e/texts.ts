import { readFileSync } from 'node:fs';
import { createTranslator } from 'next-intl';
import { parse } from 'yaml';
import { messagesOf } from '../i18n/messages.ts';
import type { Locale } from './fixtures.ts';

/** A text of the message files as people read it, e.g. `t('dossiers.start.begin')`. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** The texts of one language; a key that does not exist fails the test. */
export function textsOf(locale: Locale): Say {
  const translate = createTranslator({
    locale,
    messages: messagesOf(locale),
    timeZone: 'Asia/Ho_Chi_Minh',
    onError: (error) => {
      throw error;
    },
  });
  return (key, values) => translate(key as never, values as never);
}

export type Words = Record<Locale, string>;

interface Field {
  label: Words;
  control: string;
  options?: { value: string; label: Words }[];
  /** asked only with certain other answers */
  when?: unknown;
}

/** What a journey reads of a procedure's form: its questions in their order, in both languages. */
export interface Form {
  pages: { id: string; title: Words; fields: string[]; repeat?: { path: string; item: Words; add: Words } }[];
  fields: Record<string, Field>;
}

/** What a journey reads of a procedure. */
export interface Procedure {
  title: Words;
  code: string;
  limitDays: number;
  papers: { key: string; title: Words; accepts: string[]; required?: boolean }[];
  result: Record<'certificate' | 'refusal', { title: Words }>;
  guide: { questions: { field: string; question: Words }[] };
}

const folder = 'workflows/pharmacy-eligibility';
export const form = JSON.parse(readFileSync(`${folder}/form.json`, 'utf8')) as Form;
export const procedure = parse(readFileSync(`${folder}/procedure.yaml`, 'utf8')) as Procedure;
