import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { fillFaultPages } from './fault-pages.ts';

const empty =
  '<!DOCTYPE html><html id="__next_error__"><head><title>Một Cửa</title></head><body><script>1</script></body></html>';
const html = { 'content-type': 'text/html; charset=utf-8' };
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** What a browser gets when the application answers like `answer`. */
async function ask(answer: RequestListener, init: RequestInit = {}): Promise<{ response: Response; text: string }> {
  const server = createServer((request, response) => {
    fillFaultPages(response, 'incident-1234');
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(() => server.close());
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, init);
  return { response, text: await response.text() };
}

describe('an answer the framework leaves to its script', () => {
  test('says in both languages what happened, where help is, and keeps its status and script', async () => {
    const { response, text } = await ask((_, answer) => {
      answer.writeHead(404, { ...html, 'x-kept': 'yes' });
      answer.write(empty.slice(0, 40));
      answer.end(empty.slice(40));
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('x-kept')).toBe('yes');
    expect(Number(response.headers.get('content-length'))).toBe(Buffer.byteLength(text));
    expect(text).toContain('<h1>Không tìm thấy trang này</h1>');
    expect(text).toContain('<section lang="en">');
    expect(text).toContain('href="/help#contact"');
    expect(text).toMatch(/<title>[^<]*Không tìm thấy trang này/);
    expect(text.match(/<title>/g)).toHaveLength(1);
    expect(text).toContain('<script>1</script>');
  });

  test('is filled when it was packed, and names the incident of a 500', async () => {
    const { response, text } = await ask((_, answer) => {
      answer.statusCode = 500;
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.setHeader('content-encoding', 'gzip');
      answer.end(gzipSync(empty));
    });
    expect(response.status).toBe(500);
    expect(text).toContain('Mã sự cố để báo khi cần: incident-1234');
  });

  test('has no body for HEAD', async () => {
    const { response, text } = await ask(
      (_, answer) => {
        answer.writeHead(403, html);
        answer.end();
      },
      { method: 'HEAD' },
    );
    expect([response.status, text]).toEqual([403, '']);
  });
});

describe('a form with several parts on which the framework breaks', () => {
  const fault: RequestListener = async (request, answer) => {
    for await (const _chunk of request);
    answer.writeHead(500, html).end(empty);
  };
  const boundary = 'lineBetweenParts';
  const whole = `--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--${boundary}--\r\n`;
  const send = (body: string, type = `multipart/form-data; boundary=${boundary}`) =>
    ask(fault, { method: 'POST', body, headers: { 'content-type': type } });

  test.each([
    ['broke off', whole.slice(0, 60)],
    ['is empty', ''],
    ['was never one', 'a=1'],
    ['has a part without a name', whole.replace('; name="a"', '')],
  ])('is the sender’s fault where it %s', async (_name, body) => {
    const { response, text } = await send(body);
    expect(response.status).toBe(400);
    expect(text).toContain('<h1>Không đọc được nội dung gửi lên</h1>');
    expect(text).not.toContain('incident-1234');
  });

  test('is the sender’s fault where nothing says what stands between its parts', async () => {
    expect((await send(whole, 'multipart/form-data')).response.status).toBe(400);
  });

  test('is answered with a page where the framework had but words', async () => {
    const { response, text } = await ask((_, answer) => {
      answer.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error');
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
    expect(text).toContain('<h1>Hệ thống gặp sự cố</h1>');
    expect(text).toContain('incident-1234');
  });

  test('is ours where it can be read', async () => {
    expect((await send(whole)).response.status).toBe(500);
    expect((await send('a=1', 'application/x-www-form-urlencoded')).response.status).toBe(500);
  });
});

describe('every other answer', () => {
  test.each([
    ['a page', 200, 'text/html', empty],
    ['a 404 that says so itself', 404, 'text/html', '<html lang="vi"><body>Không có</body></html>'],
    ['a problem document', 404, 'application/problem+json', '{"status":404}'],
    ['a 503', 503, 'text/html', empty],
  ])('is left as it is: %s', async (_name, status, type, body) => {
    const { response, text } = await ask((_, answer) => {
      answer.writeHead(status, { 'content-type': type });
      answer.end(body);
    });
    expect([response.status, text]).toEqual([status, body]);
  });

  test('flows without waiting for its end', async () => {
    const gate = Promise.withResolvers<void>();
    const server = createServer((_, answer) => {
      fillFaultPages(answer, 'x');
      answer.writeHead(200, html);
      answer.write('first');
      gate.promise.then(() => answer.end('last'));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    open.push(() => server.close());
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('first');
    gate.resolve();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('last');
  });
});
