import type { TxContext } from '#server/platform/index.ts';
import type { JsonObject } from '#server/procedures/index.ts';

/** What a procedure's templates are filled from: the answers, and what every result has in common. Instants are ISO 8601, days `yyyy-mm-dd`. */
export interface ResultInput {
  kind: 'certificate' | 'refusal';
  answers: JsonObject;
  /** full name of a province or ward as of the day of filing */
  placeName: (level: 'province' | 'ward', code: string) => string;
  applicant: { name: string; taxCode: string | null; address: string | null };
  authority: {
    name: string;
    superiorName: string | null;
    documentCode: string | null;
    placeCode: string | null;
    placeText: string;
  };
  dossier: { code: string; filedAt: Date; receivedAt: Date | null };
  /** title lines above the signature, and the name under it */
  signer: { title: string[]; name: string };
  /** what the officer wrote: conditions of a certificate, reasons of a refusal */
  text: string;
  validTo: string | null;
  createdAt: string;
}

/** A signed and issued result, as an effect of the diagram finds it. */
export interface IssuedResult {
  dossierId: string;
  documentId: string;
  answers: JsonObject;
  /** the business it was filed for */
  organisationId: string | null;
  applicant: { name: string; taxCode: string | null };
  authorityId: string;
  /** as printed */
  number: string;
  issuedOn: string;
  validTo: string | null;
  /** the licence of the register it takes the place of; null: it is the first */
  renewsLicenceId: string | null;
}

/** The part of a procedure that is code. Names of effects stay as they are once a diagram that uses them was published. */
export interface ProcedureCode {
  /** values of the placeholders in the procedure's templates */
  resultData: (input: ResultInput) => Record<string, unknown>;
  /** effects of service tasks that change a register, by the name the diagram gives them; each may run more than once */
  effects: Record<string, (ctx: TxContext, result: IssuedResult) => Promise<void>>;
}
