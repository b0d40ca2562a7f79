import type { Answer } from './send-with-progress.ts';

/** A smaller file goes in one request: it would be there before the second piece. */
export const inPiecesFrom = 1_048_576;
const pieceSize = 1_048_576;
/** Waits between attempts while the line is down, in milliseconds: some five minutes in all. */
const waits = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000, 60_000, 60_000, 60_000];

/** What an upload in pieces is for; sent with its announcement. */
export type PieceTarget = Record<string, string>;

interface Progress {
  onShare: (share: number) => void;
  /** the line is down; it goes on by itself */
  onWait: (waiting: boolean) => void;
  signal: AbortSignal;
}

/**
 * Sends a file piece by piece. A broken line is waited for, and the file goes on from what has come; the same file
 * chosen again on another page goes on too, since the server knows it by its digest.
 */
export async function sendInPieces(url: string, file: File, target: PieceTarget, progress: Progress): Promise<Answer> {
  let failures = 0;
  let address: string | null = null;
  let received = 0;
  const sha256 = await digestOf(await file.arrayBuffer());
  for (;;) {
    if (progress.signal.aborted) return cancelled(address);
    try {
      if (address === null) {
        const begun = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ ...target, fileName: file.name, size: file.size, ...(sha256 ? { sha256 } : {}) }),
          signal: progress.signal,
        });
        if (!begun.ok) return refused(begun);
        const { id, received: there } = (await begun.json()) as { id: string; received: number };
        address = `${url}/${id}`;
        received = there;
      } else {
        const answer = await sendPiece(address, file, received, progress.signal);
        if (answer.status === 201) return { kind: 'moved', to: window.location.pathname };
        const there = answer.headers.get('upload-offset');
        if (answer.status === 204 && there !== null) received = Number(there);
        else if (answer.status === 409) received = await offsetOf(address, progress.signal);
        else if (answer.status < 500) {
          await fetch(address, { method: 'DELETE' }).catch(() => undefined);
          return refused(answer);
        } else throw new Error('the server is not there');
      }
      failures = 0;
      progress.onWait(false);
      progress.onShare(received / file.size);
    } catch {
      if (progress.signal.aborted) return cancelled(address);
      const wait = waits[failures++];
      if (wait === undefined) return { kind: 'lost' };
      progress.onWait(true);
      await pause(wait, progress.signal);
      if (address !== null) received = await offsetOf(address, progress.signal).catch(() => received);
    }
  }
}

async function sendPiece(address: string, file: File, from: number, signal: AbortSignal): Promise<Response> {
  const piece = await file.slice(from, from + pieceSize).arrayBuffer();
  const digest = await digestOf(piece);
  return fetch(address, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/partial-upload',
      'upload-offset': String(from),
      accept: 'application/json',
      ...(digest ? { 'content-digest': `sha-256=:${digest}:` } : {}),
    },
    body: piece,
    signal,
  });
}

/** Browsers compute digests on secure pages only. */
async function digestOf(bytes: ArrayBuffer): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

async function offsetOf(address: string, signal: AbortSignal): Promise<number> {
  const answer = await fetch(address, { method: 'HEAD', signal });
  const there = answer.headers.get('upload-offset');
  if (there === null) throw new Error('the upload is not there');
  return Number(there);
}

async function refused(answer: Response): Promise<Answer> {
  const said = (await answer.json().catch(() => null)) as { detail?: string; fields?: { detail?: string }[] } | null;
  return { kind: 'refused', detail: said?.fields?.[0]?.detail ?? said?.detail };
}

async function cancelled(address: string | null): Promise<Answer> {
  if (address !== null) await fetch(address, { method: 'DELETE' }).catch(() => undefined);
  return { kind: 'cancelled' };
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
    // the browser says when the line is back
    window.addEventListener('online', () => done(), { once: true });
  });
