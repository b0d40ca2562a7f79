import type { Duplex } from 'node:stream';

/** What Node's parser says of a request that it cannot read. */
interface ParserFault extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/**
 * Answers what is no request. The usual one is an address with letters as they are typed, which programs send and browsers never do: it is
 * told how the address is written, in both languages, instead of an empty answer.
 */
export function answerFault(fault: ParserFault, socket: Duplex): void {
  if (fault.code === 'ECONNRESET' || !socket.writable) return;
  const asked = fault.code === 'HPE_INVALID_URL' ? written(fault.rawPacket) : null;
  const body = asked
    ? JSON.stringify({
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: `Địa chỉ có ký tự chưa được mã hoá phần trăm. Viết: ${asked} · The address holds letters that are not percent-encoded. Write: ${asked}`,
        reason: 'errors.addressNotEncoded',
      })
    : '';
  const type = body ? 'content-type: application/problem+json\r\n' : '';
  const length = Buffer.byteLength(body);
  socket.end(`HTTP/1.1 400 Bad Request\r\nconnection: close\r\n${type}content-length: ${length}\r\n\r\n${body}`);
}

/** The address of a request line as it should have been written; null: there is none to be seen. */
function written(packet: Buffer | undefined): string | null {
  const [, address] = /^[A-Z]+ (\/[^\r\n]{1,2000}?) HTTP\/1\.[01]\r\n/.exec(packet?.toString('utf8') ?? '') ?? [];
  if (!address) return null;
  return address.replace(/[^\x21-\x7e]/gu, (letter) => encodeURIComponent(letter)).replaceAll('"', '%22');
}
