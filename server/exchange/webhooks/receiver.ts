import { AppError } from '#server/platform/index.ts';
import { destination, type OutgoingRules, outgoingRules } from '#server/platform/outgoing.ts';

/** What the server may reach for one receiver: its own host, and no private address the operator has not opened. */
export const rulesFor = (url: string): OutgoingRules => ({
  hosts: URL.canParse(url) ? [new URL(url).host.toLowerCase()] : [],
  privateRanges: outgoingRules().privateRanges,
});

/** A name that only a house or a machine itself knows: of one word, or under an ending that is never public. */
const isNameInside = (host: string): boolean =>
  !/[.:]/.test(host) || /\.(localhost|local|internal|lan|home\.arpa)\.?$/i.test(host) || /^localhost\.?$/i.test(host);

/**
 * An address that may be told of changes: https, or a host the operator named in `OUTGOING_HOSTS`; no private address. What a
 * name resolves to is looked at again with every delivery.
 * @throws AppError invalidInput naming the address
 */
export function assertReceiver(url: string): string {
  const wrong = (reason: string): never => {
    throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: 'url', reason }] });
  };
  const parsed = URL.canParse(url) ? new URL(url) : wrong('exchange.errors.webhookUrl');
  const named = outgoingRules().hosts.includes(parsed.host.toLowerCase());
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && named)) wrong('exchange.errors.webhookHttps');
  if (parsed.username !== '' || parsed.hash !== '') wrong('exchange.errors.webhookUrl');
  if (!named && isNameInside(parsed.hostname)) wrong('exchange.errors.webhookPrivate');
  try {
    return destination(url, rulesFor(url)).href;
  } catch {
    return wrong('exchange.errors.webhookPrivate');
  }
}
