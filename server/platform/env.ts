import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

const url = (schemes: string[], remedy: string) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), remedy);

const databaseUrl = url(['postgres:', 'postgresql:'], 'write it as postgres://user:password@host:5432/database');
const flag = z.enum(['0', '1'], 'write 0 or 1').transform((text) => text === '1');
const readable = z.string().refine((path) => existsSync(path), 'there is no such file or folder');

/** `address` or `address/prefix`, IPv4 or IPv6. */
function isAddressRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Scheme, host and port: pages, mails and QR codes point from the root of the host. */
function isBare(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { pathname, search, hash, username, password } = new URL(text);
  return /^\/+$/.test(pathname) && `${search}${hash}${username}${password}` === '';
}

/** An issuer is an https address without query; http is for a provider on this machine. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  if (search !== '' || hash !== '' || username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

const EnvInput = z.object({
  PORT: z.coerce
    .number('write a port number')
    .int('write a port number')
    .min(1, 'write 1 to 65535')
    .max(65535, 'write 1 to 65535')
    .default(3000),
  HOST: z.string().min(1, 'write an address to listen on, such as 127.0.0.1 or 0.0.0.0').optional(),
  APP_URL: url(['http:', 'https:'], 'write the address people use, such as https://motcua.example.vn')
    .refine(
      isBare,
      'write scheme and host alone, such as https://motcua.example.vn: the service has its host to itself',
    )
    .optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .transform((path) => resolve(path)),
  WAL_ARCHIVE: z
    .string()
    .regex(/^[\w\-./ ]+$/, 'write a path of letters, digits and -_./')
    .transform((path) => resolve(path))
    .optional(),
  REFERENCE_DATA: readable.transform((path) => resolve(path)).optional(),
  DEMO: flag.optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'write it as smtp://user:password@host:587').optional(),
  TSA_URL: url(['http:', 'https:'], 'write the address of a time-stamp authority (RFC 3161)').optional(),
  SIGNER_KEYSTORE: readable.transform((path) => resolve(path)).optional(),
  SIGNER_PASSWORD_FILE: readable.transform((path) => resolve(path)).optional(),
  SIGNER_TRUST: readable.transform((path) => resolve(path)).optional(),
  CLAMD_HOST: z.string().min(1).optional(),
  CLAMD_PORT: z.coerce.number('write a port number').int().min(1).max(65535).default(3310),
  CLAMD_SOCKET: z.string().startsWith('/', 'write the whole path of the socket').optional(),
  OUTGOING_HOSTS: z
    .string()
    .default('')
    .transform(listOf)
    .refine(
      (hosts) => hosts.every((host) => /^[a-z0-9.-]+(:\d{1,5})?$/i.test(host)),
      'write host names separated by commas, each with its port unless that is 443, such as tsa.example.vn,bank.example.vn:8443',
    ),
  OUTGOING_PRIVATE: z
    .string()
    .default('')
    .transform(listOf)
    .refine((ranges) => ranges.every(isAddressRange), 'write addresses or ranges separated by commas'),
  AUTH_SECRET: z.string().min(32, 'write at least 32 random characters (openssl rand -base64 33)').optional(),
  AUTH_SECRET_PREVIOUS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .refine((secrets) => secrets.every((secret) => secret.length >= 32), 'write former values of AUTH_SECRET'),
  STEP_UP_MINUTES: z.coerce
    .number('write a number of minutes')
    .int('write whole minutes')
    .min(1, 'write 1 to 120')
    .max(120, 'write 1 to 120')
    .default(15),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'write the issuer of the identity provider as it calls itself, such as https://login.example.vn')
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).max(200).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).max(1000).optional(),
  OIDC_CLIENT_SECRET_FILE: readable.transform((path) => resolve(path)).optional(),
  OIDC_LABEL: z.string().max(60, 'write at most 60 characters').optional(),
  OIDC_ACR: z.string().default('').transform(listOf),
  OPERATOR_TOKEN: z.string().min(32, 'write at least 32 random characters (openssl rand -base64 33)').optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(listOf)
    .refine(
      (ranges) => ranges.every(isAddressRange),
      'write addresses or ranges separated by commas, such as 10.0.0.0/8',
    ),
});

/** Another identity provider people may sign in at (OpenID Connect). */
export interface ProviderSettings {
  /** exactly as it stands in its tokens */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** what people call it */
  label: string;
  /** values of `acr` that count as a second factor; empty: none does */
  acr: string[];
}

/** The settings of one process, complete: what is not set has its default. */
export interface Env {
  /** TCP port of the web server */
  port: number;
  /** address the web server listens on: loopback for a demo, every address otherwise */
  host: string;
  /** the address people use, without a final slash */
  appUrl: string;
  /** what the application connects with; undefined until the embedded database is up */
  databaseUrl: string | undefined;
  /** what migrations and the worker's schema connect with */
  databaseOwnerUrl: string | undefined;
  /** absolute folder of what this host keeps */
  dataDir: string;
  /** absolute folder the embedded database archives its WAL to; undefined: it keeps none */
  walArchive: string | undefined;
  /** absolute folder of the data packs; undefined: the pack built into the project */
  referenceData: string | undefined;
  demo: boolean;
  smtpUrl: string | undefined;
  tsaUrl: string | undefined;
  /** PKCS#12 keys of the organisation, the file with their password, and the accepted roots; undefined in a demo */
  signer: { keystore: string; passwordFile: string; trust: string | undefined } | undefined;
  authSecret: string | undefined;
  /** opens /api/health/details; undefined: closed */
  operatorToken: string | undefined;
  /** the malware scanner; undefined: uploads are kept unchecked */
  clamd: { host: string; port: number } | { path: string } | undefined;
  /** hosts the server may call, lower case, with port unless it is the scheme's own */
  outgoingHosts: string[];
  /** private addresses and ranges it may reach all the same */
  outgoingPrivate: string[];
  /** secrets that `AUTH_SECRET` replaced, the newest first: what was made with them still opens */
  formerAuthSecrets: string[];
  /** how long a second factor counts for decisions after it was given */
  stepUpMinutes: number;
  /** undefined: people sign in here only */
  oidc: ProviderSettings | undefined;
  /** addresses and ranges whose X-Forwarded-* headers are believed */
  trustedProxies: string[];
}

/** A setting that cannot be used: the message names the variable and the remedy, one per line. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

function defaultReferenceData(): string | undefined {
  const beside = resolve('../shared/data');
  return existsSync(beside) ? beside : undefined;
}

/**
 * Reads the settings out of `source`; empty strings count as not set.
 * @throws SettingError naming each bad variable and what to write instead
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = EnvInput.safeParse(given);
  if (!parsed.success) {
    throw new SettingError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join('\n'));
  }
  const input = parsed.data;
  if (input.DATABASE_OWNER_URL !== undefined && input.DATABASE_URL === undefined) {
    throw new SettingError('DATABASE_OWNER_URL: set DATABASE_URL too, or neither to use the embedded database.');
  }
  const demo = input.DEMO ?? input.DATABASE_URL === undefined;
  const signer =
    input.SIGNER_KEYSTORE && input.SIGNER_PASSWORD_FILE
      ? { keystore: input.SIGNER_KEYSTORE, passwordFile: input.SIGNER_PASSWORD_FILE, trust: input.SIGNER_TRUST }
      : undefined;
  if (!demo && signer === undefined) {
    throw new SettingError(
      'SIGNER_KEYSTORE and SIGNER_PASSWORD_FILE: set both to the keys of the organisation, or DEMO=1 for a demo authority.',
    );
  }
  if (!demo && input.AUTH_SECRET === undefined) {
    throw new SettingError(
      'AUTH_SECRET: set at least 32 random characters (openssl rand -base64 33), the same on every host.',
    );
  }
  return {
    port: input.PORT,
    host: input.HOST ?? (demo ? '127.0.0.1' : '0.0.0.0'),
    appUrl: (input.APP_URL ?? `http://localhost:${input.PORT}`).replace(/\/+$/, ''),
    databaseUrl: input.DATABASE_URL,
    databaseOwnerUrl: input.DATABASE_OWNER_URL ?? input.DATABASE_URL,
    dataDir: input.DATA_DIR,
    walArchive: input.WAL_ARCHIVE,
    referenceData: input.REFERENCE_DATA ?? defaultReferenceData(),
    demo,
    smtpUrl: input.SMTP_URL,
    tsaUrl: input.TSA_URL,
    signer,
    authSecret: input.AUTH_SECRET,
    operatorToken: input.OPERATOR_TOKEN,
    clamd: input.CLAMD_SOCKET
      ? { path: input.CLAMD_SOCKET }
      : input.CLAMD_HOST
        ? { host: input.CLAMD_HOST, port: input.CLAMD_PORT }
        : undefined,
    outgoingHosts: input.OUTGOING_HOSTS.map((host) => host.toLowerCase()),
    outgoingPrivate: input.OUTGOING_PRIVATE,
    formerAuthSecrets: input.AUTH_SECRET_PREVIOUS,
    stepUpMinutes: input.STEP_UP_MINUTES,
    oidc: providerOf(input),
    trustedProxies: input.TRUSTED_PROXIES,
  };
}

/** All or nothing: a provider half set would be a button that leads nowhere. */
function providerOf(input: z.output<typeof EnvInput>): ProviderSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET_FILE: file } = input;
  const clientSecret = file === undefined ? input.OIDC_CLIENT_SECRET : readFileSync(file, 'utf8').trim();
  if (!issuer && !clientId && !clientSecret) return undefined;
  if (!issuer || !clientId || !clientSecret) {
    throw new SettingError(
      'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET_FILE (or OIDC_CLIENT_SECRET): set all of them, or none.',
    );
  }
  return { issuer, clientId, clientSecret, label: input.OIDC_LABEL ?? new URL(issuer).host, acr: input.OIDC_ACR };
}

let parsedOnce: Env | undefined;

/** The settings of this process, read once from its environment. */
export function env(): Env {
  parsedOnce ??= parseEnv(process.env);
  return parsedOnce;
}
