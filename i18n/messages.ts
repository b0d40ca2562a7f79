import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AbstractIntlMessages } from 'next-intl';
import type { Locale } from './routing.ts';

const kept = new Map<Locale, AbstractIntlMessages>();

/** All texts of a language: the file `messages/<locale>/<module>.json` becomes the namespace `<module>`. */
export function messagesOf(locale: Locale): AbstractIntlMessages {
  const known = process.env.NODE_ENV === 'production' ? kept.get(locale) : undefined;
  if (known) return known;
  const folder = join(process.cwd(), 'messages', locale);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as AbstractIntlMessages;
  const messages = Object.fromEntries(files.map((file) => [file.slice(0, -'.json'.length), read(file)]));
  kept.set(locale, messages);
  return messages;
}
