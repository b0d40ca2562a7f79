import type { IncomingMessage, ServerResponse } from 'node:http';

/** By this header the application learns that it may answer with packed bytes, and says that it did. */
const header = 'x-packed';

/**
 * The framework takes `content-encoding` off the answers of routes, and packs only what it knows as text. Tiles are kept
 * packed: here they get the header that says so.
 */
export function letAnswersBePacked(request: IncomingMessage, response: ServerResponse): void {
  delete request.headers[header];
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return;
  request.headers[header] = 'gzip';
  const { writeHead } = response;
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    if (response.getHeader(header) === 'gzip') {
      response.removeHeader(header);
      response.setHeader('content-encoding', 'gzip');
    }
    return writeHead.apply(response, head);
  }) as typeof writeHead;
}
