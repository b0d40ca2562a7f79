import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldNames } from '../layout/document-layout.ts';
import { type LocalTsa, openLocalTsa } from '../testing/local-tsa.ts';
import { pdfsig } from '../testing/pdf-tools.ts';
import { people, type SampleKeys, sampleKeys, signedAt, signedRevisions } from '../testing/signed-sample.ts';
import { verifyPdf } from '../verify/verify-pdf.ts';
import { sha256 } from './cms.ts';
import { signField } from './sign-field.ts';
import { infoIn, timestampToken } from './timestamp.ts';

let tsa: LocalTsa;
let keys: SampleKeys;
let base: Uint8Array;
beforeAll(async () => {
  keys = await sampleKeys();
  base = (await signedRevisions(keys))[3]!;
  const period = { validFrom: new Date('2026-01-01T00:00:00Z'), validTo: new Date('2031-01-01T00:00:00Z') };
  tsa = await openLocalTsa(
    await keys.authority.issue({ subject: { name: 'Dấu thời gian' }, kind: 'p-256', ...period }),
  );
});
afterAll(() => tsa.close());

const rules = () => ({ hosts: [new URL(tsa.url).host], privateRanges: ['127.0.0.0/8'] });
const stamp = (digest: Uint8Array) => timestampToken(digest, tsa.url, rules());
const seal = {
  field: fieldNames.seal,
  name: people.seal.name,
  at: signedAt,
  appearance: { kind: 'seal' as const, organisation: people.seal.name, at: signedAt },
};
const anchors = () => [{ certificate: keys.authority.root, exactForm: true }];

describe('a time stamp', () => {
  it('is fetched over the digest that was asked for, with its time', async () => {
    const digest = sha256(Buffer.from('xin chào'));
    const info = infoIn(await stamp(digest));
    expect(info?.at.toISOString()).toBe('2026-11-23T07:05:00.000Z');
    expect(Buffer.from(info!.imprint).equals(digest)).toBe(true);
  });

  it.each(['otherImprint', 'otherNonce', 'refuse', 'broken'] as const)(
    'is refused when the authority answers with %s',
    async (mode) => {
      tsa.mode = mode;
      await expect(stamp(sha256(Buffer.from('x')))).rejects.toMatchObject({
        code: 'unavailable',
        reason: 'signatures.errors.timestampUnusable',
      });
      tsa.mode = 'stamp';
    },
  );

  it('that cannot be had leaves nothing signed', async () => {
    tsa.mode = 'broken';
    await expect(signField(base, keys.seal, seal, stamp)).rejects.toMatchObject({ code: 'unavailable' });
    tsa.mode = 'stamp';
    const nobody = (digest: Uint8Array) =>
      timestampToken(digest, 'http://127.0.0.1:9/', { hosts: ['127.0.0.1:9'], privateRanges: ['127.0.0.0/8'] });
    await expect(signField(base, keys.seal, seal, nobody)).rejects.toMatchObject({
      reason: 'signatures.errors.timestampUnusable',
    });
  });
});

describe('a signature with a time stamp', () => {
  it('is of level B-T, intact for us and valid for pdfsig', async () => {
    const signed = await signField(base, keys.seal, seal, stamp);
    const verdict = verifyPdf(signed, { anchors: anchors() });
    expect(verdict.signatures.map(({ level, problems }) => `${level} ${problems}`)).toEqual([
      'PAdES-B-B ',
      'PAdES-B-B ',
      'PAdES-B-T ',
    ]);
    expect(pdfsig(signed, keys.authority.root).match(/Signature is Valid\./g)).toHaveLength(3);
  });

  it('is altered when its token speaks of another signature', async () => {
    const foreign = await stamp(sha256(Buffer.from('another value')));
    const signed = await signField(base, keys.seal, seal, async () => foreign);
    expect(verifyPdf(signed, { anchors: anchors() }).signatures.at(-1)!.problems).toContain('containerAltered');
  });

  it('is found altered when any byte of what the token says, or of its signature, changes', async () => {
    const signed = Buffer.from(await signField(base, keys.seal, seal, stamp));
    // the last signed-data object of the file is the token: hexadecimal, two digits a byte
    const start = signed.lastIndexOf('06092a864886f70d010702') + 30;
    const said = signed.lastIndexOf('060b2a864886f70d0109100104') + 40;
    const end = signed.lastIndexOf('2a8648ce3d040302') + 30;
    for (const at of [start + 20, said, said + 40, said + 90, end, end + 60]) {
      const altered = Buffer.from(signed);
      altered[at] = altered[at] === 0x30 ? 0x31 : 0x30;
      expect(verifyPdf(altered, { anchors: anchors() }).status, `digit ${at - start}`).not.toBe('intact');
    }
  });
});
