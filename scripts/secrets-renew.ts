// Moves what is kept encrypted from former values of AUTH_SECRET (AUTH_SECRET_PREVIOUS) to the present one, and says
// what still needs a former one: npm run secrets:renew
import { openDatabase } from './ops/database.ts';
import { main, say } from './ops/report.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';

await main(async () => {
  const settings = await readSettings();
  const opened = await openDatabase(settings, say);
  try {
    Object.assign(process.env, await childEnvironment(settings, opened));
    const { renewAuthenticatorKeys } = await import('#server/identity/index.ts');
    const { keysUnderFormerSecrets, systemKey } = await import('#server/signatures/index.ts');
    const { newContext, now, systemActor } = await import('#server/platform/index.ts');
    const { database } = await import('#server/platform/database.ts');
    const ctx = newContext(database(), systemActor('secrets.renew'), now);
    try {
      const { current, renewed, lost } = await renewAuthenticatorKeys(ctx, {});
      say(`Authenticators: ${renewed} moved to the present AUTH_SECRET, ${current} under it already.`);
      if (lost > 0) say(`  ${lost} open with no secret that is set: name the one they were made with, or reset them.`);
      await systemKey(ctx);
      say('The system key is under the present AUTH_SECRET.');
      const waiting = await keysUnderFormerSecrets(ctx.db);
      if (waiting.length > 0) {
        say(`${waiting.length} signing keys move when their holder next types the PIN: ${waiting.join(', ')}.`);
        say('Keep AUTH_SECRET_PREVIOUS until then.');
        return 1;
      }
      say(
        'No signing key waits. Without AUTH_SECRET_PREVIOUS, people whose cookie is older than the change sign in anew.',
      );
      return lost > 0 ? 1 : 0;
    } finally {
      await database().$client.end();
    }
  } finally {
    await opened.release();
  }
});
