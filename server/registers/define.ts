import type { SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { AppError, type FieldError, notFound, parseInput, type TxContext } from '#server/platform/index.ts';
import type { Field } from './fields.ts';
import type { AlikeReason, Content } from './rules.ts';

/** What a register's own table is written from. */
export interface Projected {
  entryId: string;
  content: Content;
  /** first day on which it is no longer there, or was merged into another: not found by search; null: it is there */
  closedOn: string | null;
  /** the day it was written down: a code means what it meant then */
  recordedOn: string;
  demo: boolean;
}

/** What a register says of itself; the rest is the same for all. */
export interface Register {
  /** as in addresses: facilities, drugs, devices */
  key: string;
  /** what an entry says. Unknown keys are refused; a fault names the field by its path */
  content: z.ZodType<Content>;
  /** in the order of forms and sheets */
  fields: readonly Field[];
  /** what the entry is called */
  title(content: Content): string;
  /** keys made by `keyOf`; the first finds it again in an import */
  keys(content: Content): string[];
  /** the province whose health department keeps it; absent: the ministry keeps them all */
  province?(content: Content): string;
  /** writes the rows that search reads: all that is shown of today follows from the content */
  project(ctx: TxContext, rows: readonly Projected[]): Promise<void>;
  /**
   * What two entries of the same thing would share besides keys, in a form that can be compared letter by letter. `reason` is the end of the
   * message key `registers.alike.*`.
   */
  traces?(content: Content): Trace[];
  /** fields that stand beside the title in a list as of a day */
  listed: readonly string[];
  /**
   * What its standing on a day was, in the database, as the end of `<key>.status.*`: a text that follows from the content that holds and
   * from what else was recorded of the entry until an instant.
   */
  standing?(said: { id: SQL; content: SQL }, asked: { day: string; known: Date }): SQL<string>;
  /** what was recorded of an entry apart from its versions, e.g. acts on its licence */
  acts?(db: Reader, entryIds: readonly string[]): Promise<Act[]>;
  /** filters of its pages that are a field of the content, by their name in the address */
  filters?: Readonly<Record<string, string>>;
  /** where it stands, if it has a place: what a map shows */
  point?(content: Content): { latitude: number; longitude: number } | null;
  /**
   * Faults only the database can tell, such as a place that does not fit its coordinates; one list an entry. Of a row with other faults the
   * content lacks the fields that have them.
   */
  faults?(
    db: Reader,
    contents: readonly Content[],
    today: string,
    /** what was said before: a fault that stood there already is not this change's */
    before?: readonly (Content | null)[],
  ): Promise<FieldError[][]>;
}

/** Something done to an entry that changed nothing of what its versions say. */
export interface Act {
  /** end of the message key `registers.actions.*` */
  action: string;
  validFrom: string;
  recordedAt: Date;
  decisionNumber: string | null;
  documentId: string | null;
}

export interface Trace {
  reason: AlikeReason;
  trace: string;
}

/** The province whose health department keeps what is said; null: the ministry keeps it. */
export const provinceOf = (register: Register, content: Content): string | null => register.province?.(content) ?? null;

const opened = new Map<string, Register>();

/** Makes registers known to what all of them share: once in every process, by the wiring. */
export function openRegisters(...registers: readonly Register[]): void {
  for (const register of registers) opened.set(register.key, register);
}

/** Names of the registers this system keeps. */
export const openedRegisters = (): string[] => [...opened.keys()];

/** The register of that name; throws notFound. */
export const registerOf = (key: string): Register => opened.get(key) ?? notFound();

/**
 * A content as the register's schema reads it. @throws AppError invalidInput: each fault names the input of its field,
 * `texts.<field>`, once, whatever lies inside
 */
export function readContent(register: Register, content: Content): Content {
  try {
    return parseInput(register.content, content);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.reason, { fields: inputsOf(error.details.fields ?? []) });
  }
}

/** Faults of a content as faults of its inputs, one each. */
export function inputsOf(faults: readonly FieldError[]): FieldError[] {
  const first = new Map<string, FieldError>();
  for (const fault of faults) {
    const path = `texts.${fault.path.split('.')[0]}`;
    if (!first.has(path)) first.set(path, { ...fault, path });
  }
  return [...first.values()];
}
