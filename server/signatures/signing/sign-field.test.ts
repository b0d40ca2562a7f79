import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fieldNames } from '../layout/document-layout.ts';
import { count, pdfsig, run, withPdf } from '../testing/pdf-tools.ts';
import { people, type SampleKeys, sampleKeys, signedAt, signedRevisions } from '../testing/signed-sample.ts';
import { readRevision } from '../verify/pdf-revision.ts';
import { readContents, readSignatures } from '../verify/read-signatures.ts';
import { children, OID, raw, readAsn1, sha256 } from './cms.ts';
import { oid } from './der.ts';
import { fillFields } from './fill-fields.ts';
import { prepareSignature } from './prepare-signature.ts';
import { embedSignature, signField } from './sign-field.ts';
import { softwareSigner } from './signer.ts';

// outside tools take their time on a busy machine
vi.setConfig({ testTimeout: 90_000 });

let keys: SampleKeys;
let revisions: Uint8Array[];
beforeAll(async () => {
  keys = await sampleKeys();
  revisions = await signedRevisions(keys);
});

const sealRequest = {
  field: fieldNames.seal,
  name: people.seal.name,
  at: signedAt,
  appearance: { kind: 'seal' as const, organisation: people.seal.name, at: signedAt },
};

describe('three signatures on one certificate', () => {
  it('are all valid and trusted to pdfsig', () => {
    const said = pdfsig(revisions.at(-1)!, keys.authority.root);
    expect(count(said, 'Signature is Valid.')).toBe(3);
    expect(count(said, 'Certificate is Trusted.')).toBe(3);
    expect(count(said, 'ETSI.CAdES.detached')).toBe(3);
    expect(count(said, 'Not total document signed')).toBe(2);
  });

  it('show names and titles with every accent', () => {
    const said = pdfsig(revisions.at(-1)!, keys.authority.root);
    expect(said).toContain('CN=Trần Quốc Khánh,title=Phó Giám đốc,O=Sở Y tế tỉnh Nghệ An,C=VN');
    expect(said).toContain('Signer Certificate Common Name: Nguyễn Văn Dũng');
    const last = Buffer.from(revisions.at(-1)!);
    const found = readSignatures(last, readRevision(last, last.length)).signed;
    expect(found.map(({ reason }) => reason).toSorted()).toEqual(
      ['Kiểm tra nội dung', 'Phát hành', 'Phê duyệt và ký'].toSorted(),
    );
  });

  it('leave every earlier revision as the exact beginning of the next', () => {
    for (const [i, revision] of revisions.entries()) {
      const before = revisions[i - 1];
      if (before) expect(Buffer.from(revision).subarray(0, before.length).equals(Buffer.from(before))).toBe(true);
    }
  });

  it('pass qpdf after each step and mutool at the end', () => {
    for (const revision of revisions) expect(withPdf(revision, (path) => run('qpdf', ['--check', path])).code).toBe(0);
    const said = withPdf(revisions.at(-1)!, (path) => run('mutool', ['sign', '-v', path])).output;
    expect(count(said, 'Verifying signature')).toBe(3);
    expect(said.toLowerCase()).not.toMatch(/signature error|digest (failure|error)|invalid/);
    expect(said).toContain('The document is unchanged since signing.');
  });

  it('stay valid to pdfsig when number and date are filled after the leader', () => {
    const said = pdfsig(revisions[3]!, keys.authority.root);
    expect(count(said, 'Signature is Valid.')).toBe(2);
    const text = withPdf(revisions[3]!, (path) => run('pdftotext', ['-layout', path, '-']).output);
    expect(text).toMatch(/Số:\s+05\/GCN-SYT/);
    expect(text).toMatch(/ngày\s+23\s+tháng\s+11\s+năm\s+2026/);
  });

  it('never touch the page: its content is the same object in all revisions', () => {
    const pages = revisions.map((revision) => {
      const last = Buffer.from(revision);
      const { context } = readRevision(last, last.length);
      return context
        .enumerateIndirectObjects()
        .filter(([, object]) => object.toString().includes('/Type /Page\n'))
        .map(([ref, object]) => `${ref} ${object}`)
        .join();
    });
    expect(pages[0]).toContain('/Contents');
    expect(new Set(pages).size).toBe(1);
  });

  it('carry exactly content type, message digest and signing certificate, whose hash is right', () => {
    const last = Buffer.from(revisions.at(-1)!);
    const found = readSignatures(last, readRevision(last, last.length)).signed;
    expect(found).toHaveLength(3);
    for (const { range } of found) {
      const signedData = children(children(children(readAsn1(readContents(last, range!)!.bytes))[1]!)[0]!);
      const info = children(children(signedData.at(-1)!)[0]!);
      const attributes = children(info[3]!);
      const types = attributes.map((attribute) => raw(children(attribute)[0]!).toString('hex')).toSorted();
      const expected = [OID.contentType, OID.messageDigest, OID.signingCertificateV2].map((type) =>
        oid(type).toString('hex'),
      );
      expect(types).toEqual(expected.toSorted());
      const certificates = children(signedData[3]!).map(raw);
      const named = attributes.map(raw).find((bytes) => bytes.includes(oid(OID.signingCertificateV2)))!;
      const signers = certificates.filter((certificate) => named.includes(sha256(certificate)));
      expect(signers).toHaveLength(1);
      const chains = [keys.head, keys.leader, keys.seal].map(({ chain }) => Buffer.from(chain[0]!).toString('hex'));
      expect(chains).toContain(signers[0]!.toString('hex'));
    }
  });
});

describe('what is refused', () => {
  it('signing a signed field again', async () => {
    await expect(signField(revisions[4]!, keys.seal, sealRequest)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('any field once the seal has locked the document, number and date included', async () => {
    const sealed = await signField(revisions[2]!, keys.seal, { ...sealRequest, lock: { action: 'All' } });
    await expect(fillFields(sealed, { number: '07' })).rejects.toMatchObject({
      reason: 'signatures.errors.fieldLocked',
    });
    const early = await signField(revisions[0]!, keys.seal, { ...sealRequest, lock: { action: 'All' } });
    await expect(signField(early, keys.head, { ...sealRequest, field: fieldNames.initial })).rejects.toMatchObject({
      reason: 'signatures.errors.fieldLocked',
    });
  });

  it('filling a field twice or one that does not exist', async () => {
    await expect(fillFields(revisions[3]!, { number: '06' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(fillFields(revisions[2]!, { nothing: '06' })).rejects.toMatchObject({ code: 'invalidState' });
  });

  it('a value made with another key than the certificate named in advance, before anything is embedded', async () => {
    const prepared = await prepareSignature(revisions[3]!, { ...sealRequest, chain: keys.seal.chain });
    const other = await keys.head.sign(prepared.request);
    expect(() => embedSignature(prepared, other)).toThrowError(
      expect.objectContaining({ reason: 'signatures.errors.wrongKey' }),
    );
    const right = embedSignature(prepared, await keys.seal.sign(prepared.request));
    expect(right.length).toBe(prepared.pdf.length);
  });

  it('a prepared file that was changed while it waited for its signature', async () => {
    const prepared = await prepareSignature(revisions[3]!, { ...sealRequest, chain: keys.seal.chain });
    const value = await keys.seal.sign(prepared.request);
    const changed = Buffer.from(prepared.pdf);
    changed[2000] = changed[2000]! ^ 1;
    expect(() => embedSignature({ ...prepared, pdf: changed }, value)).toThrowError(
      expect.objectContaining({ code: 'conflict' }),
    );
  });

  it('a certificate that has expired, is not valid yet, or whose container does not fit', async () => {
    const late = { ...sealRequest, at: new Date('2032-01-01T00:00:00Z') };
    await expect(signField(revisions[3]!, keys.seal, late)).rejects.toMatchObject({
      reason: 'signatures.errors.certificateExpired',
    });
    const early = { ...sealRequest, at: new Date('2025-01-01T00:00:00Z') };
    await expect(signField(revisions[3]!, keys.seal, early)).rejects.toMatchObject({
      reason: 'signatures.errors.certificateNotYetValid',
    });
    await expect(signField(revisions[3]!, keys.seal, { ...sealRequest, reserve: 512 })).rejects.toMatchObject({
      code: 'limit',
    });
  });

  it('an authority certificate, which may issue but not sign', async () => {
    const signer = { chain: [keys.seal.chain[1]!], sign: keys.seal.sign };
    await expect(signField(revisions[3]!, signer, sealRequest)).rejects.toMatchObject({
      reason: 'signatures.errors.certificateUsage',
    });
  });

  it('a file that is no PDF', async () => {
    await expect(signField(Buffer.from('xin chào'), keys.seal, sealRequest)).rejects.toMatchObject({
      reason: 'signatures.errors.notSignable',
    });
  });
});

describe('documents of other makers', () => {
  it('can be signed when their cross-reference is a stream, in the same kind', async () => {
    const packed = withPdf(revisions[0]!, (path, folder) => {
      run('qpdf', ['--object-streams=generate', path, `${folder}/packed.pdf`]);
      return new Uint8Array(readFileSync(`${folder}/packed.pdf`));
    });
    const { pkcs8, chain } = await keys.authority.issue({
      subject: people.seal,
      validFrom: new Date('2026-01-01T00:00:00Z'),
      validTo: new Date('2030-01-01T00:00:00Z'),
    });
    const signed = await signField(packed, softwareSigner(pkcs8, chain), sealRequest);
    expect(withPdf(signed, (path) => run('qpdf', ['--check', path])).code).toBe(0);
    expect(count(pdfsig(signed, keys.authority.root), 'Signature is Valid.')).toBe(1);
  });
});
