import { command, freshAssurance } from '#server/platform/index.ts';
import { LiftSuspension } from '../inputs.ts';
import { canChangeLicence } from '../policy.ts';
import { lockLicence } from '../records.ts';
import { changeLicence, licenceFacts } from './change-licence.ts';

/** Puts a suspended licence back in force, by a decision. */
export const liftSuspension = command({
  name: 'licence.liftSuspension',
  input: LiftSuspension,
  load: (ctx, { licenceId }) => lockLicence(ctx, licenceId),
  allow: (actor, { licence, facility }) =>
    freshAssurance(actor, canChangeLicence(actor, { issuedBy: licence.issuedBy, provinceCode: facility.provinceCode })),
  audit: licenceFacts,
  run: (ctx, { licenceId: _id, ...decision }, subject) =>
    changeLicence(ctx, subject, 'lift', decision, { suspendedAt: null, suspendedUntil: null }),
});
