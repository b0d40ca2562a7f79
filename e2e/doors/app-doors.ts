import { readFileSync } from 'node:fs';
import { appFiles } from '../../scripts/ops/app-files.ts';

export interface Door {
  /** address with an example for each parameter */
  path: string;
  methods: string[];
}

const nowhere = '01900000-0000-7000-8000-000000000000';
const examples: Record<string, string> = {
  '[id]': nowhere,
  '[key]': 'land-use',
  '[code]': '000.00.10.H26-261123-0001',
  '[reference]': 'ABCD1234',
  '[trpc]': 'identity.updateProfile',
  '[...path]': 'nothing/here',
  '[...nextauth]': 'session',
  '[...rest]': 'nothing/here',
};

const exampleOf = (route: string): string =>
  route
    .split('/')
    .map((part) => examples[part] ?? (part.startsWith('[') ? nowhere : part))
    .join('/');

/** Every route of the application with the methods it answers, read from its files. */
export const routes = (): Door[] =>
  appFiles('route.ts').map(({ file, route }) => {
    const text = readFileSync(file, 'utf8');
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
      new RegExp(`export (const|async function|function) ${method}\\b|as ${method}\\b`).test(text),
    );
    return { path: exampleOf(route), methods };
  });

/** Every page by an example of its address. */
export const pages = (): string[] => [...new Set(appFiles('page.tsx').map(({ route }) => exampleOf(route)))].sort();

/** Routes that read no cookie: they authenticate otherwise, or answer everybody. */
export const withoutCookies = /^\/api\/(v1|webhooks|fhir)(\/|$)/;
