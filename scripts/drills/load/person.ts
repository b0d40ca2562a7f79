import superjson from 'superjson';

/** What a procedure answered: the result, or our refusal with its reason. */
export type Answer<T> = { ok: true; data: T } | { ok: false; status: number; reason: string };

/** The door did not answer properly: closed, cut off, or an error that is not about the request. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Somebody at a browser: a cookie, an address, and whichever web server the proxy picks next. */
export class Person {
  /** told of every request that was answered: its path without query, the ms until the whole answer was there, its status */
  watch: ((path: string, ms: number, status: number) => void) | undefined;
  private cookie: string | undefined;
  private turn = 0;
  private readonly urls: readonly string[];
  private readonly address: string;

  constructor(urls: readonly string[], address: string, cookie?: string) {
    this.urls = urls;
    this.address = address;
    this.cookie = cookie;
  }

  /** The same person at these web servers. */
  at(urls: readonly string[]): Person {
    return new Person(urls, this.address, this.cookie);
  }

  private url(): string {
    this.turn += 1;
    return this.urls[this.turn % this.urls.length]!;
  }

  /** One request. @throws NoAnswer when the connection fails or ends early */
  async send(path: string, init: RequestInit = {}, url = this.url()): Promise<{ response: Response; text: string }> {
    const headers = new Headers(init.headers);
    headers.set('sec-fetch-site', 'same-origin');
    headers.set('origin', url);
    headers.set('x-forwarded-for', this.address);
    if (this.cookie) headers.set('cookie', this.cookie);
    const began = performance.now();
    try {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(45_000),
      });
      for (const cookie of response.headers.getSetCookie())
        if (/^(__Host-)?mot-cua-session=[^;]/.test(cookie)) this.cookie = cookie.split(';')[0]!;
      const text = await response.text();
      this.watch?.(path.split('?')[0]!, performance.now() - began, response.status);
      return { response, text };
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      throw new NoAnswer(`${path}: ${cause?.code ?? (error as Error).message}`);
    }
  }

  /** Signs in by the form of the page, without JavaScript. */
  async signIn(email: string, password: string): Promise<void> {
    const url = this.url();
    const page = await this.send('/sign-in', {}, url);
    const form = new FormData();
    for (const [, tag] of page.text.matchAll(/<input ([^>]*type="hidden"[^>]*)>/g)) {
      const name = /name="([^"]*)"/.exec(tag!)?.[1];
      if (name) form.set(unescaped(name), unescaped(/value="([^"]*)"/.exec(tag!)?.[1] ?? ''));
    }
    form.set('email', email);
    form.set('password', password);
    const { response } = await this.send('/sign-in', { method: 'POST', body: form }, url);
    if (response.status !== 303 || !this.cookie) throw new Error(`Sign-in of ${email} answered ${response.status}`);
  }

  /** Calls a mutation as our pages do. @throws NoAnswer also for 5xx: whether it happened is then unknown */
  async call<T>(procedure: string, input: unknown): Promise<Answer<T>> {
    return this.read(procedure, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(superjson.serialize(input)),
    });
  }

  async ask<T>(procedure: string, input: unknown): Promise<Answer<T>> {
    return this.read(`${procedure}?input=${encodeURIComponent(JSON.stringify(superjson.serialize(input)))}`, {});
  }

  private async read<T>(path: string, init: RequestInit): Promise<Answer<T>> {
    const { response, text } = await this.send(`/api/trpc/${path}`, init);
    let body: { result?: { data: never }; error?: { json: { message: string; data: { httpStatus: number } } } };
    try {
      body = JSON.parse(text);
    } catch {
      throw new NoAnswer(`${path}: ${response.status} ${text.slice(0, 80)}`);
    }
    if (body.result) return { ok: true, data: superjson.deserialize<T>(body.result.data) };
    const status = body.error?.json.data.httpStatus ?? response.status;
    const reason = body.error?.json.message ?? text.slice(0, 80);
    if (status >= 500) throw new NoAnswer(`${path}: ${status} ${reason}`);
    return { ok: false, status, reason };
  }

  /** Hands in one file for one paper. @throws NoAnswer for 5xx, as `call` does */
  async upload(dossierId: string, paperKey: string, bytes: Uint8Array): Promise<void> {
    const form = new FormData();
    form.set('file', new File([bytes as Uint8Array<ArrayBuffer>], `${paperKey}.pdf`, { type: 'application/pdf' }));
    const { response, text } = await this.send(`/api/dossiers/${dossierId}/papers/${paperKey}`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: form,
    });
    if (response.status >= 500) throw new NoAnswer(`upload: ${response.status} ${text.slice(0, 100)}`);
    if (response.status !== 201) throw new Error(`The upload of ${paperKey} answered ${response.status}: ${text}`);
  }
}

const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Counts what these people are answered, by status; a fault that is not told as passing is counted by its address too. */
export function answersOf(people: Person[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const person of people)
    person.watch = (path, _ms, status) => {
      const what = status < 400 || status === 503 ? `${status}` : `${status} at ${path.replace(/[0-9a-f-]{36}/, '…')}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    };
  return counts;
}

/** Adds what was answered to a report; a fault of ours other than 503 is a finding. */
export function tellAnswers(
  counts: Map<string, number>,
  report: { did(what: string, count: number): void; found(what: string): void },
): void {
  for (const [what, count] of [...counts].sort()) {
    report.did(`answered ${what}`, count);
    if (/^5/.test(what) && what !== '503') report.found(`${count} times answered ${what}, not 503`);
  }
}
