import { webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import * as asn1js from 'asn1js';
import {
  Certificate,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  PKIStatusInfo,
  SignedData,
  SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import type { IssuedKey } from '../authority/create-authority.ts';

const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });

export interface LocalTsa {
  url: string;
  /** what it does with the next requests */
  mode: 'stamp' | 'otherImprint' | 'otherNonce' | 'refuse' | 'broken';
  close: () => Promise<void>;
}

/** A time-stamp authority (RFC 3161) on this host, with a P-256 key of its own. */
export async function openLocalTsa({ pkcs8, chain }: IssuedKey): Promise<LocalTsa> {
  const key = await webcrypto.subtle.importKey(
    'pkcs8',
    new Uint8Array(pkcs8),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  const certificate = Certificate.fromBER(new Uint8Array(chain[0]!));
  const tsa: LocalTsa = { url: '', mode: 'stamp', close: async () => undefined };
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (tsa.mode === 'broken') {
      response.writeHead(500).end();
      return;
    }
    const asked = TimeStampReq.fromBER(new Uint8Array(Buffer.concat(parts)));
    const answer = await answerTo(asked, tsa.mode, key as CryptoKey, certificate);
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(Buffer.from(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  tsa.url = typeof bound === 'object' && bound ? `http://127.0.0.1:${bound.port}/` : '';
  tsa.close = () => new Promise((done) => server.close(() => done()));
  return tsa;
}

async function answerTo(asked: TimeStampReq, mode: LocalTsa['mode'], key: CryptoKey, certificate: Certificate) {
  if (mode === 'refuse') {
    return new TimeStampResp({ status: new PKIStatusInfo({ status: 2 }) }).toSchema().toBER();
  }
  const info = new TSTInfo({
    version: 1,
    policy: '1.3.6.1.4.1.99999.1',
    messageImprint: asked.messageImprint,
    serialNumber: new asn1js.Integer({ value: 7 }),
    genTime: new Date('2026-11-23T07:05:00Z'),
    ...(asked.nonce ? { nonce: asked.nonce } : {}),
  });
  if (mode === 'otherImprint')
    info.messageImprint.hashedMessage = new asn1js.OctetString({ valueHex: new Uint8Array(32).buffer });
  if (mode === 'otherNonce') info.nonce = new asn1js.Integer({ value: 1 });
  const signed = new SignedData({
    version: 3,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: '1.2.840.113549.1.9.16.1.4',
      eContent: new asn1js.OctetString({ valueHex: info.toSchema().toBER() }),
    }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
      }),
    ],
    certificates: [certificate],
  });
  await signed.sign(key, 0, 'SHA-256', undefined, engine);
  const token = new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: signed.toSchema(true) });
  return new TimeStampResp({ status: new PKIStatusInfo({ status: 0 }), timeStampToken: token }).toSchema().toBER();
}
