import { createHash } from 'node:crypto';

/** The tag of an answer, from what is in it: the same bytes have the same tag everywhere. */
export const entityTag = (content: string | Uint8Array): string =>
  `"${createHash('sha256').update(content).digest('base64url')}"`;

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/** 304 where the caller has the answer with this tag already (RFC 9110, 13.1.2: weakly compared); null: it has to be sent. */
export function notModified(request: Request, headers: { etag: string } & Record<string, string>): Response | null {
  const held = (request.headers.get('if-none-match') ?? '').split(',').map(opaque);
  return held.includes('*') || held.includes(opaque(headers.etag))
    ? new Response(null, { status: 304, headers })
    : null;
}
