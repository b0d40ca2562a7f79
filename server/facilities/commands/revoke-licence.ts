import { command, freshAssurance } from '#server/platform/index.ts';
import { RevokeLicence } from '../inputs.ts';
import { canChangeLicence } from '../policy.ts';
import { lockLicence } from '../records.ts';
import { changeLicence, licenceFacts } from './change-licence.ts';

/** Ends a licence for good, by a decision. The entry stays findable, marked as revoked. */
export const revokeLicence = command({
  name: 'licence.revoke',
  input: RevokeLicence,
  load: (ctx, { licenceId }) => lockLicence(ctx, licenceId),
  allow: (actor, { licence, facility }) =>
    freshAssurance(actor, canChangeLicence(actor, { issuedBy: licence.issuedBy, provinceCode: facility.provinceCode })),
  audit: licenceFacts,
  run: (ctx, { licenceId: _id, ...decision }, subject) =>
    changeLicence(ctx, subject, 'revoke', decision, { revokedAt: ctx.now() }),
});
