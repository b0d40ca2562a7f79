import { connect } from 'node:net';

/** Where clamd listens. */
export type ScannerAddress = { host: string; port: number } | { path: string };

export type ScanVerdict = { clean: true } | { clean: false; finding: string };

/** A scan of 64 MB takes clamd some seconds on a slow machine; a silent one is given up after this many milliseconds. */
const patience = 60_000;

/**
 * Shows bytes to clamd by its INSTREAM command: pieces with their length before them, a zero at the end (clamd(8)).
 * @throws when it cannot be reached, falls silent or says anything but clean or found: the file then stays unchecked
 */
export async function scanBytes(address: ScannerAddress, pieces: AsyncIterable<Uint8Array>): Promise<ScanVerdict> {
  const socket = connect(address);
  socket.setTimeout(patience, () => socket.destroy(new Error('clamd fell silent')));
  let answer = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    answer += text;
  });
  const ended = new Promise<void>((done, refuse) => {
    socket.once('close', () => done());
    socket.once('error', refuse);
  });
  // an early refusal, such as over its size limit, must not become an unhandled error while pieces are still written
  ended.catch(() => undefined);
  const write = (bytes: Uint8Array): Promise<void> =>
    new Promise((done, refuse) => {
      socket.write(bytes, (error) => (error ? refuse(error) : done()));
    });
  try {
    await write(Buffer.from('zINSTREAM\0'));
    for await (const piece of pieces) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.byteLength);
      await write(length);
      await write(piece);
    }
    await write(Buffer.alloc(4));
    await ended;
  } catch (error) {
    if (answer === '') throw error;
  } finally {
    socket.destroy();
  }
  return verdictOf(answer.replace(/\0/g, '').trim());
}

/** `stream: OK`, `stream: Eicar-Test-Signature FOUND`, or `… ERROR`. */
function verdictOf(answer: string): ScanVerdict {
  if (answer === 'stream: OK') return { clean: true };
  const finding = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (finding !== undefined) return { clean: false, finding };
  throw new Error(`clamd answered: ${answer.slice(0, 200) || 'nothing'}`);
}
