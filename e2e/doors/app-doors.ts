import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

const filesBelow = (name: string, folder = 'app'): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(name, path);
    return entry.name === name ? [path] : [];
  });

function addressOf(file: string): string {
  const parts = file.split('/').slice(1, -1);
  const shown = parts.filter((part) => part !== '[locale]' && !/^\(.*\)$/.test(part) && !part.startsWith('@'));
  return `/${shown.map((part) => examples[part] ?? (/^\[/.test(part) ? nowhere : part)).join('/')}`;
}

/** Every route of the application with the methods it answers, read from its files. */
export const routes = (): Door[] =>
  filesBelow('route.ts').map((file) => {
    const text = readFileSync(file, 'utf8');
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
      new RegExp(`export (const|async function|function) ${method}\\b|as ${method}\\b`).test(text),
    );
    return { path: addressOf(file), methods };
  });

/** Every page by an example of its address. */
export const pages = (): string[] => [...new Set(filesBelow('page.tsx').map(addressOf))].sort();

/** Routes that read no cookie: they authenticate otherwise, or answer everybody. */
export const withoutCookies = /^\/api\/(v1|webhooks|fhir)(\/|$)/;
