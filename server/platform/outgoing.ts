import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { env } from './env.ts';
import { AppError } from './errors.ts';

/** Where the server may go. */
export interface OutgoingRules {
  /** `host` or `host:port`, lower case */
  hosts: readonly string[];
  /** private addresses and ranges that may be reached all the same */
  privateRanges: readonly string[];
}

export interface OutgoingRequest {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** milliseconds for the whole call, default 10 seconds */
  patience?: number;
  /** bytes of the answer read at most, default 1 MB */
  largest?: number;
}

export interface OutgoingAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Never reached, whatever is configured: link-local addresses, where clouds keep their metadata, and what is no host. */
const neverRanges = ['169.254.0.0/16', 'fe80::/10', '0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', 'ff00::/8', '::/128'];
/** IANA special-purpose registries (RFC 6890 and its updates): loopback, private, shared, documentation, benchmarks. */
const privateRanges = [
  ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '192.0.0.0/24'],
  ...['192.0.2.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '192.88.99.0/24'],
  ...['::1/128', 'fc00::/7', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
];

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
  }
  return list;
}
const never = listOf(neverRanges);
const inside = listOf(privateRanges);

/** An address the server may connect to: public, or private and named in the settings. IPv4 inside IPv6 counts as IPv4. */
export function mayConnectTo(address: string, allowedPrivate: readonly string[]): boolean {
  const plain = /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  if (family === 0) return false;
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  if (family === 6 && /^::ffff:/i.test(plain)) return false;
  if (never.check(plain, kind)) return false;
  return !inside.check(plain, kind) || listOf(allowedPrivate).check(plain, kind);
}

/** What the settings allow: the hosts named for it, and those of the services that are configured. */
export function outgoingRules(): OutgoingRules {
  const { outgoingHosts, outgoingPrivate, tsaUrl, oidc } = env();
  const hostOf = (address: string | undefined) => (address ? [new URL(address).host] : []);
  return {
    hosts: [...outgoingHosts, ...hostOf(tsaUrl), ...hostOf(oidc?.issuer)],
    privateRanges: outgoingPrivate,
  };
}

/** For calls to oneself, as the demo bank makes them: this one address, private or not. */
export function thisMachine(address: string): OutgoingRules {
  const { host, hostname } = new URL(address);
  const name = hostname.replace(/^\[|\]$/g, '');
  return { hosts: [host], privateRanges: ['127.0.0.0/8', '::1/128', ...(isIP(name) === 0 ? [] : [name])] };
}

const refusal = (reason: 'host' | 'address' | 'scheme'): AppError =>
  new AppError('unavailable', `errors.outgoing.${reason}`);

/**
 * The address of a call, if it may be made at all; `guardedLookup` checks what its name resolves to. For libraries that
 * connect by themselves: both are needed, since an address written out is connected to without a look-up.
 * @throws AppError unavailable
 */
export function destination(address: string, rules: OutgoingRules): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username !== '') throw refusal('scheme');
  if (!rules.hosts.includes(url.host.toLowerCase())) throw refusal('host');
  const name = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0 && !mayConnectTo(name, rules.privateRanges)) throw refusal('address');
  return url;
}

/**
 * The one way the server calls another: only hosts of the settings, only addresses it may connect to, checked on what
 * the name resolves to at the moment of the connection, so that a name cannot be turned to another address in between.
 * Redirects are answers like any other: they are not followed.
 * @throws AppError unavailable when it may not go there, gets no answer in time or more than it reads
 */
export async function callOutside(
  address: string,
  call: OutgoingRequest = {},
  rules: OutgoingRules = outgoingRules(),
): Promise<OutgoingAnswer> {
  const url = destination(address, rules);
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((done, refuse) => {
    const request = send(
      url,
      {
        method: call.method ?? 'GET',
        headers: { ...call.headers, ...(call.body ? { 'content-length': String(call.body.byteLength) } : {}) },
        lookup: guardedLookup(rules),
        signal: AbortSignal.timeout(call.patience ?? 10_000),
        agent: false,
      },
      (response) => readAnswer(response, call.largest ?? 1_048_576).then(done, refuse),
    );
    request.on('error', (error) => refuse(error instanceof AppError ? error : unanswered(error)));
    request.end(call.body);
  });
}

/** A look-up for any client of the server (`lookup` of http, https and net): every address must be one it may connect to. */
export function guardedLookup(rules: OutgoingRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { all: true, family: options.family ?? 0 }).then(
      (found) => {
        const bad = found.length === 0 || found.some((each) => !mayConnectTo(each.address, rules.privateRanges));
        if (bad) callback(refusal('address') as NodeJS.ErrnoException, '', 0);
        else if (options.all) callback(null, found);
        else callback(null, found[0]!.address, found[0]!.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

async function readAnswer(response: IncomingMessage, largest: number): Promise<OutgoingAnswer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.byteLength;
    if (size > largest) {
      response.destroy();
      throw unanswered(new Error('the answer is longer than expected'));
    }
    pieces.push(piece);
  }
  const headers = Object.fromEntries(Object.entries(response.headers).map(([key, value]) => [key, String(value)]));
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(pieces) };
}

const unanswered = (cause: Error): AppError =>
  Object.assign(new AppError('unavailable', 'errors.outgoing.unanswered'), { cause });
