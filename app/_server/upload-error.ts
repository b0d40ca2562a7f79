import { getTranslations } from 'next-intl/server';

type Search = Record<string, string | string[] | undefined>;

/** The sentence for a refused upload, from the address the upload route sent the reader back to. */
export async function uploadError(search: Search): Promise<string | undefined> {
  const reason = search.error;
  if (typeof reason !== 'string' || !/^[\w.]{1,100}$/.test(reason)) return undefined;
  const t = await getTranslations();
  const values = Object.fromEntries(
    Object.entries(search).flatMap(([key, value]) => (key.startsWith('v.') ? [[key.slice(2), String(value)]] : [])),
  );
  return t.has(reason) ? t(reason, values) : undefined;
}
