import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface AppFile {
  file: string;
  /** its address as the framework writes it, without language and groups: `/my/dossiers/[id]` */
  route: string;
}

const isShown = (part: string): boolean => part !== '[locale]' && !/^(\(.*\)$|@)/.test(part);

/** The pages, or the routes, of app/, by their addresses. */
export const appFiles = (name: 'page.tsx' | 'route.ts'): AppFile[] =>
  readdirSync('app', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === name)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ file, route: `/${file.split('/').slice(1, -1).filter(isShown).join('/')}` }));
