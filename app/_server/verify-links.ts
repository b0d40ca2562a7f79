import { read } from './caller.ts';

/** Where each document can be verified, by its id; one that was signed elsewhere, or is not issued, has no address. */
export async function verifyLinks(documentIds: readonly (string | null)[]): Promise<Record<string, string>> {
  const known = [...new Set(documentIds.filter((id) => id !== null))].slice(0, 100);
  if (known.length === 0) return {};
  const codes = await read((api) => api.exchange.verifyCodes({ documentIds: known }));
  return Object.fromEntries(Object.entries(codes).map(([id, code]) => [id, `/verify/${code}`]));
}
