import { readFileSync, writeFileSync } from 'node:fs';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuthority } from '../authority/create-authority.ts';
import { fieldNames } from '../layout/document-layout.ts';
import { sha256 } from '../signing/cms.ts';
import { fillFields } from '../signing/fill-fields.ts';
import { openForIncrement, saveIncrement } from '../signing/increment.ts';
import { signField } from '../signing/sign-field.ts';
import { pdfsig, run, withPdf } from '../testing/pdf-tools.ts';
import { people, type SampleKeys, sampleKeys, signedAt, signedRevisions } from '../testing/signed-sample.ts';
import { verifyPdf } from './verify-pdf.ts';

// outside tools take their time on a busy machine
vi.setConfig({ testTimeout: 90_000 });

let keys: SampleKeys;
let revisions: Uint8Array[];
const expectedFields = [fieldNames.initial, fieldNames.leader, fieldNames.seal];
const check = (pdf: Uint8Array, more = {}) =>
  verifyPdf(pdf, { anchors: [{ certificate: keys.authority.root }], expectedFields, ...more });

beforeAll(async () => {
  keys = await sampleKeys();
  revisions = await signedRevisions(keys);
});

/** Appends an increment made by `change`, as an editor would. */
async function edit(pdf: Uint8Array, change: (document: PDFDocument) => void): Promise<Uint8Array> {
  const document = await openForIncrement(pdf);
  change(document);
  return saveIncrement(document, pdf);
}

const seal = (pdf: Uint8Array) =>
  signField(pdf, keys.seal, {
    field: fieldNames.seal,
    name: people.seal.name,
    at: signedAt,
    appearance: { kind: 'seal', organisation: people.seal.name, at: signedAt },
    lock: { action: 'All' },
  });

describe('a certificate as it was issued', () => {
  it('is intact, with each signer, role, time, chain and what the signature covers', () => {
    const verdict = check(revisions[4]!);
    expect(verdict).toMatchObject({ status: 'intact', reasons: [], missing: [], bytes: revisions[4]!.length });
    expect(verdict.signatures).toHaveLength(3);
    expect(verdict.signatures.map(({ field, signer, claimedAt }) => [field, signer, claimedAt])).toEqual([
      ['initial', 'Nguyễn Văn Dũng', '2026-11-23T14:05:00+07:00'],
      ['leader', 'Trần Quốc Khánh', '2026-11-23T14:06:00+07:00'],
      ['seal', 'Sở Y tế tỉnh Nghệ An', '2026-11-23T14:07:00+07:00'],
    ]);
    for (const [i, one] of verdict.signatures.entries()) {
      expect(one).toMatchObject({
        intact: true,
        trusted: true,
        level: 'PAdES-B-B',
        timeSource: 'claimed',
        revision: i + 1,
        problems: [],
      });
      expect(one.coversWholeFile).toBe(i === 2);
      expect(one.certificates).toHaveLength(2);
    }
    expect(verdict.signatures[1]).toMatchObject({
      organisation: 'Sở Y tế tỉnh Nghệ An',
      title: 'Phó Giám đốc',
      reason: 'Phê duyệt và ký',
    });
    expect(verdict.sha256).toBe(sha256(revisions[4]!).toString('hex'));
  });

  it('matches the stored digests of its revisions', () => {
    const known = revisions.map((revision) => sha256(revision).toString('hex'));
    expect(check(revisions[4]!, { knownRevisions: known }).status).toBe('intact');
    const others = known.with(4, '00'.repeat(32));
    expect(check(revisions[4]!, { knownRevisions: others })).toMatchObject({
      status: 'altered',
      reasons: ['unknownRevision'],
    });
  });
});

describe('a file cut back to an earlier revision', () => {
  it.each([
    [1, ['leader', 'seal']],
    [2, ['seal']],
  ])('is incomplete: revision %i lacks %j', (index, missing) => {
    expect(check(revisions[index]!)).toMatchObject({ status: 'incomplete', missing, reasons: ['signatureMissing'] });
  });

  it('is incomplete also when nobody said which fields to expect: the prepared ones are in the file', () => {
    expect(verifyPdf(revisions[2]!, { anchors: [{ certificate: keys.authority.root }] })).toMatchObject({
      status: 'incomplete',
      missing: ['seal'],
    });
  });

  it('before any signature is unsigned', () => {
    expect(check(revisions[0]!)).toMatchObject({ status: 'unsigned', reasons: ['notSigned'] });
  });

  it('with number and date filled but no seal is not intact', () => {
    expect(check(revisions[3]!).status).not.toBe('intact');
  });
});

describe('changes after signing that pdfsig calls valid', () => {
  const overlay = (document: PDFDocument) => {
    document.getPages()[0]!.drawRectangle({ x: 100, y: 500, width: 300, height: 40 });
  };
  const annotation = (document: PDFDocument) => {
    const { context } = document;
    const note = context.register(
      context.obj({
        Type: 'Annot',
        Subtype: 'FreeText',
        Rect: [100, 500, 300, 540],
        Contents: PDFString.of('thêm'),
        F: 4,
      }),
    );
    const page = document.getPages()[0]!.node;
    page.Annots()!.push(note);
    context.snapshot?.markObjForSave(page);
  };

  it('an overlay drawn over the finished certificate', async () => {
    const pdf = await edit(revisions[4]!, overlay);
    expect(pdfsig(pdf, keys.authority.root).split('Signature is Valid.')).toHaveLength(4);
    const verdict = check(pdf);
    expect(verdict.status).toBe('altered');
    expect(verdict.reasons).toEqual(expect.arrayContaining(['bytesAppended', 'contentChanged']));
    expect(verdict.signatures.every(({ intact }) => !intact)).toBe(true);
  });

  it('an annotation', async () => {
    const verdict = check(await edit(revisions[4]!, annotation));
    expect(verdict.status).toBe('altered');
    expect(verdict.reasons).toEqual(expect.arrayContaining(['annotationAdded']));
  });

  it('an overlay slipped in before the seal: the seal covers it, the leader never saw it', async () => {
    const pdf = await seal(await edit(revisions[3]!, overlay));
    expect(pdfsig(pdf, keys.authority.root).split('Signature is Valid.')).toHaveLength(4);
    const verdict = check(pdf);
    expect(verdict.status).toBe('altered');
    expect(verdict.reasons).toContain('contentChanged');
    expect(verdict.signatures.map(({ intact }) => intact)).toEqual([false, false, true]);
  });

  it('a prepared field moved elsewhere', async () => {
    const pdf = await seal(
      await edit(revisions[2]!, (document) => {
        const field = document.getForm().getTextField(fieldNames.number).acroField.dict;
        field.set(PDFName.of('Rect'), document.context.obj([100, 400, 400, 500]));
      }),
    );
    expect(check(pdf)).toMatchObject({ status: 'altered', reasons: ['fieldAltered'] });
  });

  it('a number exchanged after the seal', async () => {
    const pdf = await edit(revisions[4]!, (document) => {
      document.getForm().getTextField(fieldNames.number).acroField.dict.set(PDFName.of('V'), PDFString.of('99'));
    });
    expect(check(pdf).reasons).toEqual(expect.arrayContaining(['lockedFieldChanged', 'bytesAppended']));
  });

  it('a signature taken out of its field', async () => {
    const pdf = await edit(revisions[4]!, (document) => {
      const field = document
        .getForm()
        .getFields()
        .find((one) => one.getName() === fieldNames.leader)!;
      field.acroField.dict.delete(PDFName.of('V'));
    });
    expect(check(pdf).status).toBe('altered');
  });

  it.each(['\n', ' ', '%', '\n% một dòng\n', '\nstartxref\n0\n%%EOF\n'])('%j appended', (tail) => {
    const pdf = Buffer.concat([revisions[4]!, Buffer.from(tail)]);
    expect(['altered', 'unreadable']).toContain(check(pdf).status);
  });

  it('the whole file written anew by another program', () => {
    const again = withPdf(revisions[4]!, (path, folder) => {
      run('qpdf', [path, `${folder}/again.pdf`]);
      return new Uint8Array(readFileSync(`${folder}/again.pdf`));
    });
    expect(check(again).status).toBe('altered');
  });
});

describe('what is allowed between signatures', () => {
  it('filling number and date after the leader, once', async () => {
    const numbered = await fillFields(revisions[2]!, {
      number: '17',
      issued_day: '01',
      issued_month: '02',
      issued_year: '2027',
    });
    expect(check(await seal(numbered)).status).toBe('intact');
  });
});

describe('who signed', () => {
  it('is not trusted when another authority issued the certificates, however alike the names', async () => {
    const other = await sampleKeys();
    const [, , , , forged] = await signedRevisions(other);
    const verdict = check(forged!);
    expect(verdict.status).toBe('untrusted');
    expect(verdict.signatures.every(({ trusted, intact }) => !trusted && intact)).toBe(true);
  });

  it('is not trusted when the certificate was revoked before the claimed time, and stays so when revoked later', () => {
    const certificate = sha256(keys.leader.chain[0]!).toString('hex');
    const before = check(revisions[4]!, { revoked: [{ certificate, since: new Date('2026-11-01T00:00:00Z') }] });
    expect(before).toMatchObject({ status: 'untrusted', reasons: ['notTrusted'] });
    expect(before.signatures[1]!.problems).toEqual(['certificateRevoked']);
    expect(check(revisions[4]!, { revoked: [{ certificate, since: new Date('2026-12-01T00:00:00Z') }] }).status).toBe(
      'intact',
    );
  });

  it('is not trusted when the claimed time lies outside the certificate', async () => {
    const short = await createAuthority('Ngắn hạn', new Date('2020-01-01T00:00:00Z'));
    const { chain, pkcs8 } = await short.issue({
      subject: people.seal,
      validFrom: new Date('2020-01-01T00:00:00Z'),
      validTo: new Date('2021-01-01T00:00:00Z'),
    });
    expect(pkcs8.length).toBeGreaterThan(100);
    const prepared = await seal(revisions[3]!);
    const verdict = verifyPdf(prepared, { anchors: [{ certificate: chain[1]! }], expectedFields: [] });
    expect(verdict.signatures.every(({ trusted }) => !trusted)).toBe(true);
  });
});

describe('any other file', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'notPdf'],
    ['text', Buffer.from('Xin chào'), 'notPdf'],
    ['junk before the header', Buffer.from('junk%PDF-1.7\n'), 'notPdf'],
    ['a header only', Buffer.from('%PDF-1.7\n%%EOF\n'), 'damaged'],
    [
      'a reference table that points at itself',
      Buffer.from('%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n'),
      'damaged',
    ],
  ])('%s is unreadable', (_, file, why) => {
    expect(check(file)).toMatchObject({ status: 'unreadable', reasons: [why], signatures: [] });
  });

  it('with a password is unreadable, and says so', () => {
    const locked = withPdf(revisions[0]!, (path, folder) => {
      run('qpdf', ['--encrypt', 'a', 'b', '256', '--', path, `${folder}/locked.pdf`]);
      return new Uint8Array(readFileSync(`${folder}/locked.pdf`));
    });
    expect(check(locked)).toMatchObject({ status: 'unreadable', reasons: ['encrypted'] });
  });

  it('without signatures is unsigned, also when its objects are packed into streams', async () => {
    const document = await PDFDocument.create();
    document.addPage().drawText('Hello');
    for (const useObjectStreams of [true, false]) {
      const pdf = await document.save({ useObjectStreams });
      expect(verifyPdf(pdf, { anchors: [] })).toMatchObject({ status: 'unsigned', reasons: ['notSigned'] });
    }
  });

  it('signed by a foreign program is intact but not trusted, with the signer named', () => {
    const signed = withPdf(revisions[0]!, (path, folder) => {
      const store = `sql:${folder}`;
      writeFileSync(`${folder}/pass`, '');
      writeFileSync(`${folder}/noise`, 'x'.repeat(64));
      run('certutil', ['-N', '-d', store, '--empty-password']);
      run('certutil', [
        '-S',
        '-x',
        '-d',
        store,
        '-n',
        'me',
        '-s',
        'CN=Foreign Signer',
        '-t',
        'u,u,u',
        '-z',
        `${folder}/noise`,
      ]);
      const { output } = run('pdfsig', [
        path,
        `${folder}/signed.pdf`,
        '-nssdir',
        store,
        '-add-signature',
        '-nick',
        'me',
        '-reason',
        'test',
      ]);
      expect(output).not.toMatch(/error/i);
      return new Uint8Array(readFileSync(`${folder}/signed.pdf`));
    });
    const verdict = verifyPdf(signed, { anchors: [{ certificate: keys.authority.root }], expectedFields: [] });
    expect(verdict.status).toBe('untrusted');
    expect(verdict.signatures).toHaveLength(1);
    expect(verdict.signatures[0]).toMatchObject({
      signer: 'Foreign Signer',
      intact: true,
      trusted: false,
      coversWholeFile: true,
    });
  });
});
