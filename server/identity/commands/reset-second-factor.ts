import { command, freshAssurance } from '#server/platform/index.ts';
import { OfficialRef } from '../inputs.ts';
import { canChangeOfficial } from '../policy.ts';
import { removeFactors, tellOwner } from '../second-factor.ts';
import { loadOfficial } from './officials.ts';

/**
 * For an official whose device and backup codes are lost: takes all second factors away, ends the sessions and tells the
 * person. The next sign-in leads to setting up a new authenticator. Nobody does it for themselves, so an administrator
 * needs another one.
 */
export const resetSecondFactor = command({
  name: 'official.reset-second-factor',
  input: OfficialRef,
  load: (ctx, input) => loadOfficial(ctx, input.userId),
  allow: (actor, { official, ministry }) => freshAssurance(actor, canChangeOfficial(actor, official, ministry)),
  run: async (ctx, _input, { user }) => {
    await removeFactors(ctx, user);
    await tellOwner(ctx, user, 'second-factor-reset');
  },
  audit: ({ input }) => ({ subjectType: 'user', subjectId: input.userId }),
});
