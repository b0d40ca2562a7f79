import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a token of the test provider shall say other than the truth. */
export interface Lie {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: KeyObject;
  /** claims that stand in the token instead of those it was signed with */
  forged?: Record<string, unknown>;
  /** the token ends with an empty signature */
  unsigned?: boolean;
}

const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The page people see there: they say who they are, and agree or do not. */
const agreementPage = (asked: URLSearchParams): string => `<!doctype html>
<html lang="en"><link rel="icon" href="data:,"><title>Test provider</title><h1>Who are you?</h1>
<form action="/answer">
${[...asked].map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`).join('')}
<p><label>Subject <input name="sub"></label></p>
<p><label>E-mail <input name="email"></label></p>
<p><label>Name <input name="name"></label></p>
<p><button name="agree" value="yes">Agree</button> <button name="agree" value="no">Decline</button></p>
</form></html>`;

/**
 * An identity provider on loopback as OpenID Connect has it (discovery, code flow with PKCE, RS256), which can be told
 * to do it wrong. Its codes work once and only with their verifier, as they must.
 * @param port a free one where it is left out
 */
export async function testProvider(port = 0) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, { nonce: string; challenge: string; claims: Record<string, unknown>; lie: Lie }>();
  const seen: { path: string; authorization: string | undefined }[] = [];
  let issuer = '';
  let down = false;
  let userinfo: Record<string, unknown> = {};
  let description: Record<string, unknown> = {};

  function tokenOf({ nonce, claims, lie }: { nonce: string; claims: Record<string, unknown>; lie: Lie }): string {
    const now = Math.floor(Date.now() / 1000);
    const body = {
      iss: issuer,
      aud: 'mot-cua',
      iat: now,
      exp: now + 300,
      nonce,
      auth_time: now,
      ...claims,
      ...lie.claims,
    };
    const header = json({ alg: 'RS256', typ: 'JWT', kid: 'one', ...lie.header });
    const signature = sign('sha256', Buffer.from(`${header}.${json(body)}`), lie.key ?? privateKey).toString(
      'base64url',
    );
    return `${header}.${json({ ...body, ...lie.forged })}.${lie.unsigned ? '' : signature}`;
  }

  async function tokens(request: IncomingMessage): Promise<[number, unknown]> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const form = new URLSearchParams(Buffer.concat(pieces).toString());
    const code = form.get('code') ?? '';
    const issued = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!issued || issued.challenge !== challenge) return [400, { error: 'invalid_grant' }];
    return [200, { token_type: 'Bearer', access_token: 'opaque', expires_in: 60, id_token: tokenOf(issued) }];
  }

  const codeFor = (asked: URLSearchParams, claims: Record<string, unknown>, lie: Lie = {}): string => {
    const code = randomBytes(16).toString('hex');
    codes.set(code, { nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')!, claims, lie });
    return code;
  };

  /** Where the form of the page leads: back, with a code or a refusal. */
  function back(answer: URLSearchParams): string {
    const to = new URL(answer.get('redirect_uri')!);
    to.searchParams.set('state', answer.get('state')!);
    const [sub, email, name] = ['sub', 'email', 'name'].map((each) => answer.get(each) || undefined);
    if (answer.get('agree') === 'yes')
      to.searchParams.set('code', codeFor(answer, { sub, email, name, email_verified: true }));
    else to.searchParams.set('error', 'access_denied');
    return to.href;
  }

  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://provider.invalid');
    if (path === '/authorize')
      return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(agreementPage(searchParams));
    if (path === '/answer') return response.writeHead(303, { location: back(searchParams) }).end();
    seen.push({ path, authorization: request.headers.authorization });
    const answers: Record<string, () => [number, unknown] | Promise<[number, unknown]>> = {
      '/.well-known/openid-configuration': () => [
        200,
        {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          id_token_signing_alg_values_supported: ['RS256', 'none'],
          ...description,
        },
      ],
      '/keys': () => [200, { keys: [jwk] }],
      '/me': () => [200, userinfo],
      '/token': () => tokens(request),
    };
    const [status, body] = down ? [503, {}] : ((await answers[path]?.()) ?? [404, {}]);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    seen,
    setDown: (is: boolean) => {
      down = is;
    },
    setUserinfo: (claims: Record<string, unknown>) => {
      userinfo = claims;
    },
    /** What its description says other than the truth. */
    describe: (said: Record<string, unknown>) => {
      description = said;
    },
    /** Somebody agrees at the address they were sent to: the parameters they come back with. */
    agree: (address: string, claims: Record<string, unknown>, lie: Lie = {}): URLSearchParams => {
      const asked = new URL(address).searchParams;
      return new URLSearchParams({ code: codeFor(asked, claims, lie), state: asked.get('state')! });
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
