import { localDate } from '#server/calendar/index.ts';
import { notFound, query } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { type Field, textsOf } from '../fields.ts';
import { EntryRef, RegisterOnly } from '../inputs.ts';
import { canPropose, canWorkOnRegisters } from '../policy.ts';
import { findEntry, findKeeper, versionsOf } from '../records.ts';
import { nextChange, versionOn } from '../rules.ts';

/** A field as a form draws it. */
export interface FormField extends Pick<Field, 'name' | 'input' | 'required'> {
  options: readonly string[] | null;
  text: string;
}

export interface ChangeForm {
  id: string | null;
  register: string;
  title: string;
  version: number | null;
  fields: FormField[];
  closed: boolean;
  /** a version is already said to hold from this day on: a change may end there */
  nextChange: string | null;
}

const formFields = (fields: readonly Field[], texts: Record<string, string>): FormField[] =>
  fields.map(({ name, input, required, options }) => ({
    name,
    input,
    required,
    options: options ?? null,
    text: texts[name] ?? '',
  }));

/** The form for a change of an entry, filled with what holds today. */
export const changeForm = query({
  input: EntryRef,
  load: async (db, { register, id }) => {
    const entry = (await findEntry(db, register, id)) ?? notFound();
    return { register: registerOf(register), entry, versions: await versionsOf(db, [id]) };
  },
  allow: (actor, { entry }) => canPropose(actor, entry),
  view: (ctx, { register, entry, versions }): ChangeForm => {
    const today = localDate(ctx.now());
    const held = versionOn(versions, today) ?? versions.at(-1) ?? notFound();
    return {
      id: entry.id,
      register: register.key,
      title: register.title(held.content),
      version: entry.version,
      fields: formFields(register.fields, textsOf(register.fields, held.content)),
      closed: held.closed,
      nextChange: nextChange(versions, today),
    };
  },
});

/** The empty form for a new entry: of a register that the ministry keeps, for its own people alone. */
export const emptyForm = query({
  input: RegisterOnly,
  load: async (db, { register }) => ({
    register: registerOf(register),
    ministry: { organisationId: await findKeeper(db, null), provinceCode: null },
  }),
  allow: (actor, { register, ministry }) =>
    register.province ? canWorkOnRegisters(actor) : canPropose(actor, ministry),
  view: (_ctx, { register }): ChangeForm => ({
    id: null,
    register: register.key,
    title: '',
    version: null,
    fields: formFields(register.fields, {}),
    closed: false,
    nextChange: null,
  }),
});
