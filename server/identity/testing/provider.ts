import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a token of the test provider shall say other than the truth. */
export interface Lie {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: KeyObject;
  /** the token ends with an empty signature */
  unsigned?: boolean;
}

const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * An identity provider on loopback as OpenID Connect has it (discovery, code flow with PKCE, RS256), which can be told
 * to do it wrong. Its codes work once and only with their verifier, as they must.
 */
export async function testProvider() {
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
    const signed = `${json({ alg: 'RS256', typ: 'JWT', kid: 'one', ...lie.header })}.${json(body)}`;
    return `${signed}.${lie.unsigned ? '' : sign('sha256', Buffer.from(signed), lie.key ?? privateKey).toString('base64url')}`;
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

  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
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
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
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
      const code = randomBytes(16).toString('hex');
      codes.set(code, { nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')!, claims, lie });
      return new URLSearchParams({ code, state: asked.get('state')! });
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
