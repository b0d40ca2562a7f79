import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Server actions answer to whoever may call the procedures they call: the matrix (server/trpc/matrix) has those. The
 * few that call none are named here with the reason and what they do instead.
 */
const actionsOfTheirOwn: Record<string, string> = {
  'forgot-password forgotPasswordAction': 'for strangers: always the same answer, attempts counted',
  'sign-up signUpAction': 'for strangers: always the same answer, attempts counted',
  'sign-in signInAction': 'for strangers: sets the cookie of the session',
  'sign-in giveCodeAction': 'for who has given a password: sets the cookie of the session',
  'sign-in confirmAuthenticatorAction': 'for who has given a password: sets the cookie of the session',
  'reset-password resetPasswordAction': 'for the holder of a one-time link',
  'confirm-email confirmEmailAction': 'for the holder of a one-time link',
  'link-account linkAction': 'for who comes from another provider, in the own session',
  'link-account registerAction': 'for who comes from another provider: sets the cookie of the session',
  'sign-out signOutAction': 'ends the own session; does nothing for strangers',
  'profile signOutEverywhereAction': 'ends the own sessions; does nothing for strangers',
  'second-factor addPasskeyAction': 'adds a key to the own account, in the own session',
  'sign-in passkeySignInAction': 'for strangers: sets the cookie of the session',
  'sign-in passkeySecondAction': 'for who has given a password: sets the cookie of the session',
  '_server askPasskeyAction': 'makes a random challenge; attempts counted',
  '_server offerPasskeyAction': 'makes a random challenge for the own session',
  'suggest suggest': 'for strangers: one row that they cannot read; attempts counted',
  'suggestions lookUp': 'strangers with number and secret; attempts counted',
  '_parts searchNearMe': 'the public finder of the page beside it, through its own reads',
  'second-factor confirmAction': 'sets the cookie of the own session',
};

/** Routes that do not go through a procedure, and by whom they are answered instead. */
const routesOfTheirOwn: Record<string, string> = {
  '/track/lookup': 'strangers with code and secret; attempts counted',
  '/verify/file': 'anybody with a file; attempts counted',
  '/api/v1': 'the open interface: reads no cookie',
  '/api/fhir': 'the open interface of FHIR: reads no cookie',
  '/api/sign-in': 'for strangers: the way to another provider and back, bound to the browser that began it',
  '/api/auth': 'next-auth: reads sessions, no own sign-in',
  '/api/dossiers/[id]/bundle': 'whoever may read the dossier: the same command, and its own tests',
  '/api/files': 'whoever may read a record that refers to the file',
  '/api/tiles': 'anybody: the public map; reads no cookie',
  '/api/map': 'anybody: public indicators; reads no cookie',
  '/api/health': 'monitoring: no data',
  '/api/session': 'the own session: what is left of it, and a sign of life; nothing for strangers',
  '/api/webhooks': 'authenticated by signature',
  '/unavailable': 'a static page',
};

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [path] : [];
  });
const sources = filesBelow('app').map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const callsProcedure = (text: string) => /\bcaller\(\)|(?<!\.)\bread\(|\bappRouter\b|\banswerCall\(/.test(text);

const actions = sources
  .filter(({ text }) => /^'use server'/m.test(text))
  .flatMap(({ path, text }) => {
    const folder = path.split('/').at(-2)!;
    const parts = text.split(/^(?=export )/m).slice(1);
    return parts.flatMap((part) => {
      const name = /^export (?:async function|const) (\w+)/.exec(part)?.[1];
      return name ? [{ name: `${folder} ${name}`, part }] : [];
    });
  });

describe('server actions', () => {
  test('call a procedure of the matrix, or are named here with a reason', () => {
    expect(actions.length).toBeGreaterThan(40);
    const unnamed = actions.filter(({ name, part }) => !callsProcedure(part) && actionsOfTheirOwn[name] === undefined);
    expect(
      unnamed.map(({ name }) => name),
      'call a procedure, or add it to actionsOfTheirOwn',
    ).toEqual([]);
    const names = actions.map(({ name }) => name);
    expect(Object.keys(actionsOfTheirOwn).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('never reach for the database', () => {
    const reaching = sources.filter(
      ({ path, text }) =>
        /^'use server'/m.test(text) && /#db\/(client|schema)|platform\/database/.test(text) && path !== '',
    );
    expect(reaching.map(({ path }) => path)).toEqual([]);
  });
});

describe('routes', () => {
  const routes = sources.filter(({ path }) => path.endsWith('/route.ts'));

  test('call a procedure of the matrix, or are named here with a reason', () => {
    expect(routes.length).toBeGreaterThan(12);
    const addressOf = (path: string) =>
      `/${path
        .split('/')
        .slice(1, -1)
        .filter((part) => part !== '[locale]' && !/^\(/.test(part))
        .join('/')}`;
    const without = routes.filter(({ text }) => !callsProcedure(text));
    const below = (start: string) => (path: string) => `${addressOf(path)}/`.startsWith(`${start}/`);
    const unnamed = without.filter(({ path }) => !Object.keys(routesOfTheirOwn).some((start) => below(start)(path)));
    expect(
      unnamed.map(({ path }) => path),
      'call a procedure, or add it to routesOfTheirOwn',
    ).toEqual([]);
    const stale = Object.keys(routesOfTheirOwn).filter((start) => !without.some(({ path }) => below(start)(path)));
    expect(stale).toEqual([]);
  });
});

describe('the proxy', () => {
  test('is no lock: it knows neither sessions nor people, so nothing opens where it is skipped', () => {
    const text = readFileSync('proxy.ts', 'utf8');
    expect(text).not.toMatch(/session|identity|database|cookies/i);
  });

  const pages = sources.filter(({ path }) => /\((applicant|office)\).*page\.tsx$/.test(path));
  test('leaves it to each protected page to ask a procedure, whose policy answers', () => {
    expect(pages.length).toBeGreaterThan(15);
    // a page may leave the asking to a part it is made of, or to a reader that asks once for page and title
    const asking = (path: string, text: string): boolean =>
      callsProcedure(text) ||
      [...text.matchAll(/from '(\.[^']*|#app\/_parts\/[^']*|#app\/_server\/(?:dossiers|registers)\.ts)'/g)].some(
        ([, from]) => {
          const target = from!.startsWith('#app') ? from!.slice(1) : join(path, '..', from!);
          return sources.some((source) => source.path === target && callsProcedure(source.text));
        },
      );
    expect(pages.filter(({ path, text }) => !asking(path, text)).map(({ path }) => path)).toEqual([]);
  });
});
