import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Headers the framework gives a meaning of its own; from outside they mean nothing. */
const internal = /^(x-middleware-|x-nextjs-rewrit|x-invoke-|x-matched-path$|x-pathname$|x-nonce$)/;
const forwarded = /^(x-forwarded-|forwarded$|x-real-ip$|x-client-ip$|true-client-ip$|cf-connecting-ip$|x-request-id$)/;
const requestId = /^[\w-]{8,64}$/;

/** Who asks, as far as it can be believed. */
export interface Caller {
  address: string;
  protocol: 'http' | 'https';
}

/** A test for the addresses and ranges of TRUSTED_PROXIES. */
export function trustIn(ranges: string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** IPv4 as such where it arrived through an IPv6 socket. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '');

/**
 * Cleans the headers of a request in place: what only the framework may say goes, and what a proxy says is believed
 * from trusted proxies alone. Afterwards `x-forwarded-for` is one address, that of the client nearest to us that is
 * not a trusted proxy, and `x-request-id` is there.
 */
export function cleanHeaders(
  headers: IncomingHttpHeaders,
  remote: string,
  trusted: (address: string) => boolean,
  newId: () => string,
): Caller {
  const peer = plain(remote);
  const believe = trusted(peer);
  const chain = believe ? list(headers['x-forwarded-for']) : [];
  const address = [...chain, peer].findLast((hop) => !trusted(hop)) ?? chain[0] ?? peer;
  const protocol = believe && list(headers['x-forwarded-proto']).at(-1) === 'https' ? 'https' : 'http';
  const host = (believe && list(headers['x-forwarded-host']).at(-1)) || headers.host;
  const id = headers['x-request-id'];
  for (const name of Object.keys(headers)) if (internal.test(name) || forwarded.test(name)) delete headers[name];
  if (!isTree(headers[tree])) delete headers[tree];
  headers['x-forwarded-for'] = address;
  headers['x-forwarded-proto'] = protocol;
  if (host) headers['x-forwarded-host'] = host;
  headers['x-request-id'] = believe && typeof id === 'string' && requestId.test(id) ? id : newId();
  return { address, protocol };
}

/** What the framework's own pages tell it of themselves; it fails on anything that is no list. */
const tree = 'next-router-state-tree';

function isTree(value: string | string[] | undefined): boolean {
  try {
    return typeof value === 'string' && Array.isArray(JSON.parse(decodeURIComponent(value)));
  } catch {
    return false;
  }
}

/** Whether an address can be read: it is decoded twice on its way, and none of ours has a percent sign in a name. */
export function isReadable(url: string): boolean {
  try {
    decodeURIComponent(decodeURIComponent(url.split('?', 1)[0] ?? ''));
    return true;
  } catch {
    return false;
  }
}

function list(value: string | string[] | undefined): string[] {
  return (Array.isArray(value) ? value.join(',') : (value ?? ''))
    .split(',')
    .map((part) => plain(part.trim()))
    .filter((part) => part !== '');
}
