import { createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  to: string;
  /** headers and body as sent */
  source: string;
}

export interface MailServer {
  url: string;
  received: ReceivedMail[];
  close(): Promise<void>;
}

/**
 * A small SMTP server (RFC 5321) on loopback that keeps what it is given.
 * @param answerTo the reply to each recipient, e.g. `550 no such mailbox`; default accepts
 * @param answerToData the reply once a message has been read in full; default accepts
 * @param port where it listens; default any that is free
 */
export async function startMailServer(
  answerTo: (address: string) => string = () => '250 ok',
  answerToData: () => string = () => '250 queued',
  port = 0,
): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, { answerTo, answerToData, keep: (mail) => received.push(mail) });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

interface Behaviour {
  answerTo: (address: string) => string;
  answerToData: () => string;
  keep: (mail: ReceivedMail) => void;
}

function converse(socket: Socket, { answerTo, answerToData, keep }: Behaviour): void {
  let buffer = '';
  let to = '';
  let inData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 test');
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
      if (end === -1) return;
      const text = buffer.slice(0, end);
      buffer = buffer.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        const answer = answerToData();
        if (answer.startsWith('250')) keep({ to, source: text });
        say(answer);
      } else if (/^RCPT TO:/i.test(text)) {
        to = /<([^>]*)>/.exec(text)?.[1] ?? '';
        say(answerTo(to));
      } else if (/^DATA/i.test(text)) {
        inData = true;
        say('354 go on');
      } else if (/^QUIT/i.test(text)) {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    }
  });
}
