import { randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  ContentInfo,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { env } from '#server/platform/env.ts';
import { AppError } from '#server/platform/errors.ts';
import { callOutside, type OutgoingRules, outgoingRules } from '#server/platform/outgoing.ts';
import { children, raw, readAsn1 } from './cms.ts';

const sha256Oid = '2.16.840.1.101.3.4.2.1';
const tstInfoOid = '1.2.840.113549.1.9.16.1.4';

/**
 * A time-stamp token (RFC 3161) over a SHA-256 digest, in DER.
 * @throws AppError unavailable when the authority does not answer or answers with anything but a token over this digest
 */
export async function timestampToken(
  digest: Uint8Array,
  tsaUrl: string,
  rules: OutgoingRules = outgoingRules(),
): Promise<Uint8Array> {
  const nonce = randomBytes(16);
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  const call = {
    method: 'POST' as const,
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: requestOf(digest, nonce),
    patience: 8_000,
  };
  const answer = await callOutside(tsaUrl, call, rules).catch(() => {
    throw unusable();
  });
  if (answer.status !== 200) throw unusable();
  const token = tokenIn(answer.body);
  const info = infoIn(token);
  if (!info || !sameBytes(info.imprint, digest) || !info.nonce || !sameBytes(info.nonce, nonce)) throw unusable();
  return token;
}

const unusable = () => new AppError('unavailable', 'signatures.errors.timestampUnusable');

function requestOf(digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Oid, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: new Uint8Array(digest).buffer }),
    }),
    nonce: new asn1js.Integer({ valueHex: new Uint8Array(nonce).buffer }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

function tokenIn(body: Uint8Array): Uint8Array {
  try {
    const response = TimeStampResp.fromBER(new Uint8Array(body));
    // 0 granted, 1 granted with modifications; anything else is a refusal
    if (response.status.status > 1 || !response.timeStampToken) throw unusable();
    // the authority's own bytes: encoded anew its signature might not hold
    return new Uint8Array(raw(children(readAsn1(body))[1]!));
  } catch {
    throw unusable();
  }
}

export interface TimestampInfo {
  at: Date;
  imprint: Uint8Array;
  nonce: Uint8Array | null;
}

/** What a token says; null: it is none. Whether its signature holds, the verifier asks. */
export function infoIn(token: Uint8Array): TimestampInfo | null {
  try {
    const content = ContentInfo.fromBER(new Uint8Array(token));
    const signed = new SignedData({ schema: content.content });
    if (signed.encapContentInfo.eContentType !== tstInfoOid || !signed.encapContentInfo.eContent) return null;
    const info = TSTInfo.fromBER(signed.encapContentInfo.eContent.getValue());
    return {
      at: info.genTime,
      imprint: new Uint8Array(info.messageImprint.hashedMessage.getValue()),
      nonce: info.nonce ? info.nonce.valueBlock.valueHexView : null,
    };
  } catch {
    return null;
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;

/** What stamps signatures in this installation; undefined without a time-stamp authority: they are then B-B. */
export function timestamper(): ((digest: Uint8Array) => Promise<Uint8Array>) | undefined {
  const { tsaUrl } = env();
  return tsaUrl ? (digest) => timestampToken(digest, tsaUrl) : undefined;
}
