import type { Outcome } from './ask.ts';
import { type Column, columns, type Fixture } from './cast.ts';

/** Who works on the dossiers of the authority. */
const office: Column[] = ['oneStop', 'officer', 'inspector', 'head', 'leader', 'clerk', 'registrar'];
const staff: Column[] = [...office, 'hr', 'admin'];
const groups = {
  applicants: ['owner', 'partner'],
  others: ['rival', 'citizen'],
  office,
  staff,
  people: columns.filter((column) => column !== 'anonymous'),
  officials: [...staff, 'elsewhere', 'ministry'],
} satisfies Record<string, Column[]>;

/** Later names win over earlier ones; `all` comes first. */
export type Expected = Partial<Record<'all' | keyof typeof groups | Column, Outcome>>;

export interface Row {
  input: (at: Fixture) => unknown;
  expected: Record<Column, Outcome>;
  /** asks for a record of the business: whoever may not see it must learn and change nothing, checks or no checks */
  ofBusiness: boolean;
  /** shows what everybody may know of the business, e.g. at the demo bank, where every bill is shown by its reference */
  public: boolean;
}

const order = ['all', 'people', 'officials', 'staff', 'office', 'applicants', 'others', ...columns] as const;

function everyColumn(expected: Expected): Record<Column, Outcome> {
  const full: Partial<Record<Column, Outcome>> = {};
  for (const name of order) {
    const outcome = expected[name];
    if (outcome === undefined) continue;
    const members: readonly Column[] =
      name === 'all' ? columns : name in groups ? groups[name as keyof typeof groups] : [name as Column];
    for (const column of members) full[column] = outcome;
  }
  const missing = columns.filter((column) => full[column] === undefined);
  if (missing.length > 0) throw new Error(`no outcome for ${missing.join(', ')}`);
  return full as Record<Column, Outcome>;
}

/** A procedure about a record of the business. */
export const about = (input: Row['input'], expected: Expected): Row => ({
  input,
  expected: everyColumn(expected),
  ofBusiness: true,
  public: false,
});

/** A procedure about oneself, or about an authority. */
export const ofNobody = (input: Row['input'], expected: Expected): Row => ({
  input,
  expected: everyColumn(expected),
  ofBusiness: false,
  public: false,
});

/** A procedure that answers everybody alike. */
export const open = (input: Row['input'], expected: Expected): Row => ({ ...ofNobody(input, expected), public: true });
