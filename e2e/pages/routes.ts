import { readdirSync } from 'node:fs';

/** The routes of app/ that have a page, without language and groups: `/my/dossiers/[id]`. */
export const routes = (): string[] =>
  readdirSync('app/[locale]', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file}`.replace(/\/\([^)]*\)/g, '').replace(/\/page\.tsx$/, '') || '/')
    .sort();
