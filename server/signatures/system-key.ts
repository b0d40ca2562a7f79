import { createHash, createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { settings } from '#db/schema/platform.ts';
import { type Context, reader } from '#server/platform/index.ts';
import { createAuthority } from './authority/create-authority.ts';
import { openKept, type ProtectedKey, protectKey } from './authority/protect-key.ts';
import { keySecret, keySecrets } from './unlock-signer.ts';

const row = 'signatures.system-key';
/** No person holds this key, so no PIN guards it: what guards it is the server's secret. */
const pin = 'system';

interface StoredSystemKey {
  key: ProtectedKey;
  /** base64 of DER: its own certificate first, the root last */
  chain: string[];
}

/** The key with which the system signs statements about its own records; it signs no document of an authority. */
export interface SystemKey {
  /** base64 of DER: its own certificate first, the root last */
  chain: string[];
  /** SHA-256 of its certificate, hexadecimal: what is published to be compared */
  fingerprint: string;
  /** a compact JWS (RFC 7515, ES256) whose header carries the chain */
  sign(payload: Uint8Array): string;
}

const held = globalThis as { motCuaSystemKeys?: Map<string, KeyObject> };

/** The system's key; made once, at the first statement. Every process shares the row. */
export async function systemKey(ctx: Context): Promise<SystemKey> {
  const stored = (await find(ctx)) ?? (await make(ctx));
  const key = await unlocked(ctx, stored);
  const header = base64url(JSON.stringify({ alg: 'ES256', typ: 'JWS', x5c: stored.chain }));
  return {
    chain: stored.chain,
    fingerprint: fingerprintOf(stored.chain[0]!),
    sign: (payload) => {
      const input = `${header}.${base64url(payload)}`;
      return `${input}.${base64url(sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }))}`;
    },
  };
}

/** SHA-256 of a certificate (base64 of DER), hexadecimal. */
export const fingerprintOf = (certificate: string): string =>
  createHash('sha256')
    .update(new X509Certificate(Buffer.from(certificate, 'base64')).raw)
    .digest('hex');

const base64url = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url');

async function find(ctx: Context): Promise<StoredSystemKey | null> {
  const [found] = await reader(ctx).select().from(settings).where(eq(settings.key, row));
  return (found?.value as StoredSystemKey | undefined) ?? null;
}

async function make(ctx: Context): Promise<StoredSystemKey> {
  const now = ctx.now();
  const authority = await createAuthority('Hệ thống Một Cửa', now, 'p-256');
  const { pkcs8, chain } = await authority.issue({
    subject: { name: 'Nhật ký hệ thống Một Cửa', organisation: 'Hệ thống Một Cửa' },
    validFrom: new Date(now.getTime() - 86_400_000),
    validTo: new Date(now.getTime() + 10 * 365 * 86_400_000),
  });
  const value: StoredSystemKey = {
    key: await protectKey(pkcs8, pin, keySecret()),
    chain: [...chain, authority.root].map((certificate) => certificate.toString('base64')),
  };
  await ctx.db.insert(settings).values({ key: row, value }).onConflictDoNothing({ target: settings.key });
  return (await find(ctx))!;
}

async function unlocked(ctx: Context, { key, chain }: StoredSystemKey): Promise<KeyObject> {
  held.motCuaSystemKeys ??= new Map();
  const known = held.motCuaSystemKeys.get(chain[0]!);
  if (known) return known;
  const kept = await openKept(key, pin, keySecrets());
  if (!kept)
    throw new Error('The system key was made under another AUTH_SECRET: name that one in AUTH_SECRET_PREVIOUS');
  if (kept.renewed)
    await ctx.db
      .update(settings)
      .set({ value: { key: kept.renewed, chain } satisfies StoredSystemKey })
      .where(eq(settings.key, row));
  const opened = createPrivateKey({ key: kept.pkcs8, format: 'der', type: 'pkcs8' });
  kept.pkcs8.fill(0);
  held.motCuaSystemKeys.set(chain[0]!, opened);
  return opened;
}
