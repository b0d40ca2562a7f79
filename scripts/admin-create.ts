// Makes an administrator of the ministry: `npm run admin:create -- --email a@b.vn --name "Nguyễn Văn A" [--locale en]`.
import { parseArgs } from 'node:util';
import { openDatabase } from './ops/database.ts';
import { main, StopError, say } from './ops/report.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';

await main(async () => {
  const { values } = parseArgs({
    options: { email: { type: 'string' }, name: { type: 'string' }, locale: { type: 'string', default: 'vi' } },
  });
  const { email, name, locale } = values;
  if (!email || !name || (locale !== 'vi' && locale !== 'en')) {
    throw new StopError('Say who: npm run admin:create -- --email <address> --name "<full name>" [--locale vi|en]');
  }
  const settings = await readSettings();
  const opened = await openDatabase(settings, say);
  try {
    Object.assign(process.env, await childEnvironment(settings, opened));
    const { createFirstAdministrator } = await import('#server/identity/index.ts');
    const { AppError, newContext, now, systemActor } = await import('#server/platform/index.ts');
    const { database } = await import('#server/platform/database.ts');
    try {
      const ctx = newContext(database(), systemActor('admin.create'), now);
      const { path } = await createFirstAdministrator(ctx, { email, name, locale });
      say(`Administrator ${email} is made. The password is chosen once, within seven days, at:`);
      say(`${settings.appUrl}${path}`);
    } catch (error) {
      if (error instanceof AppError)
        throw new StopError(reasons[error.reason] ?? `The administrator could not be made: ${error.reason}`);
      throw error;
    } finally {
      await database().$client.end();
    }
  } finally {
    await opened.release();
  }
  return 0;
});

const reasons: Record<string, string> = {
  'identity.errors.noMinistry': 'The database has no ministry yet: run "npm run migrate" first.',
  'identity.errors.emailTaken':
    'This address belongs to an applicant’s account: choose another one for the administrator.',
  'errors.invalidInput': 'The address or the name cannot be used: check both.',
};
