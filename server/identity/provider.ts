import type { Client as OpenIdClient, TokenSet } from 'openid-client';
import { z } from 'zod';
import { env, type ProviderSettings } from '#server/platform/env.ts';
import { AppError } from '#server/platform/index.ts';
import { log } from '#server/platform/log.ts';
import { callOutside, destination, guardedLookup, outgoingRules } from '#server/platform/outgoing.ts';
import { parseJson } from '#server/platform/safe-json.ts';
import type { ProviderTrip } from './provider-cookies.ts';
import { canonicalEmail } from './rules.ts';

/** The other identity provider (OpenID Connect Core 1.0, code flow with PKCE): what is asked of it, and what it says. */

const patience = 5_000;
const keepMs = 60_000;

/** What a token says of a person, once everything about it was found right. */
export interface ProviderClaims {
  issuer: string;
  subject: string;
  /** only a verified one */
  email: string | null;
  name: string | null;
  acr: string | null;
  /** when the person last proved who they are there */
  authenticatedAt: Date | null;
}

/** What people call the provider; null when there is none. */
export const providerLabel = (): string | null => env().oidc?.label ?? null;
/** Where it sends people back to; registered there. */
const callbackAddress = (): string => `${env().appUrl}/api/sign-in/callback`;

const providerUnavailable = (): AppError => new AppError('unavailable', 'provider.errors.unavailable');
export const providerRefused = (): AppError => new AppError('invalidInput', 'provider.errors.refused');
const declined = (): AppError => new AppError('invalidState', 'provider.errors.declined');

/** OpenID Connect Discovery 1.0, the part that is used. */
const Discovery = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
});

/** Signatures that are accepted, the usual first. Never `none`, never one made with the shared secret. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'RS384', 'RS512', 'PS384', 'PS512', 'ES384', 'ES512'];

let kept: { client: OpenIdClient; until: number } | undefined;

/** The client of the configured provider; its description is read again every minute, and after every failure. */
async function providerClient(): Promise<OpenIdClient> {
  const settings = env().oidc;
  if (!settings) throw providerUnavailable();
  if (kept && kept.until > Date.now()) return kept.client;
  kept = undefined;
  const client = await newClient(settings);
  kept = { client, until: Date.now() + keepMs };
  return client;
}

async function newClient(settings: ProviderSettings): Promise<OpenIdClient> {
  const { custom, Issuer } = await import('openid-client');
  const found = await discover(settings);
  const issuer = new Issuer(found);
  const offered = found.id_token_signing_alg_values_supported ?? ['RS256'];
  const methods = found.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const client = new issuer.Client({
    client_id: settings.clientId,
    client_secret: settings.clientSecret,
    redirect_uris: [callbackAddress()],
    response_types: ['code'],
    token_endpoint_auth_method: methods.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post',
    id_token_signed_response_alg: algorithms.find((one) => offered.includes(one)) ?? 'RS256',
  });
  const guarded = (url: URL) => {
    const rules = outgoingRules();
    destination(url.href, rules);
    return { lookup: guardedLookup(rules), timeout: patience };
  };
  issuer[custom.http_options] = guarded;
  client[custom.http_options] = guarded;
  client[custom.clock_tolerance] = 30;
  return client;
}

async function discover(settings: ProviderSettings): Promise<z.output<typeof Discovery>> {
  const address = `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const { status, body } = await callOutside(address, { patience, headers: { accept: 'application/json' } });
    if (status !== 200) throw new Error(`answered ${status}`);
    const found = Discovery.parse(parseJson(Buffer.from(body).toString('utf8')));
    if (found.issuer !== settings.issuer) throw new Error(`calls itself ${found.issuer}`);
    return found;
  } catch (error) {
    log.warn('the identity provider cannot be read', { address, error });
    throw providerUnavailable();
  }
}

/**
 * Where to send a browser.
 * @throws AppError unavailable when the provider cannot be reached
 */
export async function authorizationAddress(trip: ProviderTrip): Promise<string> {
  const client = await providerClient();
  const { generators } = await import('openid-client');
  const { acr = [] } = env().oidc ?? {};
  return client.authorizationUrl({
    redirect_uri: callbackAddress(),
    scope: 'openid email profile',
    state: trip.state,
    nonce: trip.nonce,
    code_challenge: generators.codeChallenge(trip.verifier),
    code_challenge_method: 'S256',
    ui_locales: trip.locale,
    // a second factor given there hours ago is none here
    ...(acr.length > 0 ? { acr_values: acr.join(' '), max_age: env().stepUpMinutes * 60 } : {}),
  });
}

/**
 * Changes the code of an answer for the tokens, and checks everything about them: issuer, audience, signature, times,
 * nonce, state and the code's own verifier.
 * @throws AppError invalidInput provider.errors.refused, the same whatever was wrong; invalidState when the person said no; unavailable
 */
export async function claimsOf(trip: ProviderTrip, answer: URLSearchParams): Promise<ProviderClaims> {
  const client = await providerClient();
  try {
    const tokens = await client.callback(callbackAddress(), parametersOf(answer), {
      response_type: 'code',
      state: trip.state,
      nonce: trip.nonce,
      code_verifier: trip.verifier,
    });
    return readClaims(await allClaims(client, tokens));
  } catch (error) {
    log.warn('an answer of the identity provider was not accepted', { error });
    const refusal = await refusalOf(error);
    if (refusal.code === 'unavailable') kept = undefined;
    throw refusal;
  }
}

/** What a code flow answers with (RFC 6749 4.1.2, RFC 9207). Tokens and signed answers in the address are not looked at. */
function parametersOf(answer: URLSearchParams): Record<string, string> {
  const known = ['code', 'state', 'iss', 'error', 'error_description'].filter((name) => answer.has(name));
  if (known.some((name) => answer.getAll(name).length !== 1)) throw providerRefused();
  return Object.fromEntries(known.map((name) => [name, answer.get(name) ?? '']));
}

/** A provider that is away is told from an answer that is wrong: only after the first is it read anew. */
async function refusalOf(error: unknown): Promise<AppError> {
  const { errors } = await import('openid-client');
  if (error instanceof AppError) return error.code === 'unavailable' ? providerUnavailable() : error;
  if (error instanceof errors.OPError) {
    if (error.error === 'access_denied') return declined();
    const away = ['server_error', 'temporarily_unavailable'].includes(error.error ?? '');
    return away || (error.response?.statusCode ?? 0) >= 500 ? providerUnavailable() : providerRefused();
  }
  // what the library does not say itself comes from the connection, or from an answer that is no JSON
  const wrong = error instanceof errors.RPError && !error.message.includes('timed out');
  return wrong ? providerRefused() : providerUnavailable();
}

/** The claims of the token; where it leaves the address out, with those of the userinfo endpoint (same subject, checked). */
async function allClaims(client: OpenIdClient, tokens: TokenSet): Promise<Record<string, unknown>> {
  const claims = tokens.claims() as Record<string, unknown>;
  if (claims.email !== undefined || !client.issuer.metadata.userinfo_endpoint || !tokens.access_token) return claims;
  const more = await client.userinfo(tokens).catch(() => ({}) as Record<string, unknown>);
  const { email, email_verified, name = claims.name } = more;
  return { ...claims, email, email_verified, name };
}

const text = (most: number) =>
  z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .pipe(z.string().min(1).max(most));

const Claims = z.object({
  iss: z.string().max(500),
  // at most 255 characters (OpenID Connect Core 1.0, 2)
  sub: z.string().min(1).max(255),
  email: z.string().transform(canonicalEmail).pipe(z.email().max(254)).nullable().catch(null),
  email_verified: z.literal(true).or(z.literal('true')).nullable().catch(null),
  name: text(100).nullable().catch(null),
  acr: z.string().max(200).nullable().catch(null),
  auth_time: z.number().int().nullable().catch(null),
});

function readClaims(raw: Record<string, unknown>): ProviderClaims {
  const parsed = Claims.safeParse(raw);
  if (!parsed.success) throw providerRefused();
  const { iss, sub, email, email_verified, name, acr, auth_time } = parsed.data;
  return {
    issuer: iss,
    subject: sub,
    email: email_verified === null ? null : email,
    name,
    acr,
    authenticatedAt: auth_time === null ? null : new Date(auth_time * 1000),
  };
}
