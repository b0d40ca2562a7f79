import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What happens on the line to the database. `pass`: nothing. `swallow`: connections stay open and no byte arrives, as behind a
 * firewall that forgot them. `reset`: every connection is broken off, new ones too. `delay`: each byte comes 100 ms late, a
 * question and its answer take 200 ms more.
 */
export type LineFault = 'pass' | 'swallow' | 'reset' | 'delay';

/** A way to a server on loopback that can be made to fail. */
export interface FaultyLine {
  /** the address of the database through this line */
  url: string;
  set(fault: LineFault): void;
  /** from now on it leads to the server of that address; connections to the former one are broken off */
  leadTo(url: string): void;
  close(): Promise<void>;
}

/** Opens a line to the database of that address. */
export async function faultyLine(to: string): Promise<FaultyLine> {
  let target = new URL(to);
  let fault: LineFault = 'pass';
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((near) => {
    if (fault === 'reset') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const forward = (from: Socket, into: Socket) => {
      from.on('data', (bytes) => {
        if (fault === 'swallow') return;
        if (fault === 'delay') setTimeout(() => into.writable && into.write(bytes), 100);
        else into.write(bytes);
      });
      from.on('error', () => {});
      from.on('close', () => {
        pairs.delete(pair);
        into.destroy();
      });
    };
    forward(near, far);
    forward(far, near);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(to);
  url.port = String((server.address() as AddressInfo).port);
  const breakOff = () => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  return {
    url: url.href,
    set: (next) => {
      fault = next;
      if (next === 'reset') breakOff();
    },
    leadTo: (next) => {
      target = new URL(next);
      breakOff();
    },
    close: async () => {
      breakOff();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
