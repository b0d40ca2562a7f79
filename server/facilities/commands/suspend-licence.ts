import { command, freshAssurance } from '#server/platform/index.ts';
import { SuspendLicence } from '../inputs.ts';
import { canChangeLicence } from '../policy.ts';
import { lockLicence } from '../records.ts';
import { changeLicence, licenceFacts } from './change-licence.ts';

/** Takes a licence out of force for a time, by a decision: from this moment /verify and the register say so. */
export const suspendLicence = command({
  name: 'licence.suspend',
  input: SuspendLicence,
  load: (ctx, { licenceId }) => lockLicence(ctx, licenceId),
  allow: (actor, { licence, facility }) =>
    freshAssurance(actor, canChangeLicence(actor, { issuedBy: licence.issuedBy, provinceCode: facility.provinceCode })),
  audit: licenceFacts,
  run: (ctx, { licenceId: _id, ...decision }, subject) =>
    changeLicence(ctx, subject, 'suspend', decision, {
      suspendedAt: ctx.now(),
      suspendedUntil: decision.until ?? null,
    }),
});
