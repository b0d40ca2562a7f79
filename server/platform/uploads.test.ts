import { Readable } from 'node:stream';
import { createDeflateRaw, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import vi from '../../messages/vi/uploads.json' with { type: 'json' };
import { AppError } from './errors.ts';
import { eicar, pdfFile, zipFile } from './testing/zip-file.ts';
import { checkUpload } from './uploads.ts';

const limits = { accepts: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 20 * 1_048_576 };
const text = (content: string) => Buffer.from(content, 'latin1');
const utf16 = (content: string) => Buffer.from(content, 'utf16le');

/** The message a file is refused with; null: it is taken. */
function refusal(bytes: Uint8Array, name = 'Bản vẽ.pdf'): string | null {
  try {
    checkUpload({ name, bytes }, limits);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    const { reason, details } = error as AppError;
    expect(details.values?.name).toBe(name);
    return reason.replace('uploads.errors.', '');
  }
}

function pngChunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  return Buffer.concat([length, text(type), data, Buffer.alloc(4)]);
}
function png({ chunks = [] as Buffer[], after = Buffer.alloc(0) as Buffer, width = 8, height = 8 } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = pngChunk('IDAT', text('<script> in pixels is noise'));
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    ...chunks,
    pixels,
    pngChunk('IEND', Buffer.alloc(0)),
    after,
  ]);
}
const segment = (marker: number, data: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker, (data.byteLength + 2) >> 8, (data.byteLength + 2) & 0xff]), data]);
function jpeg({ remark = '', after = Buffer.alloc(0) as Buffer, width = 100 } = {}): Buffer {
  const frame = Buffer.from([8, 0, 100, width >> 8, width & 0xff, 1, 1, 0x11, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, text('JFIF\0')),
    segment(0xfe, text(remark)),
    segment(0xc0, frame),
    segment(0xda, Buffer.alloc(4)),
    text('<script> in pixels is noise'),
    Buffer.from([0xff, 0x00, 0xff, 0xd0, 0xff, 0xd9]),
    after,
  ]);
}

describe('a file is taken', () => {
  test.each([
    ['a PDF', pdfFile(), 'giấy phép.pdf'],
    ['a PDF with an attachment, which the malware scanner looks at', pdfFile(text('Kính gửi')), 'a.pdf'],
    [
      'a PDF saved twice',
      Buffer.concat([pdfFile(), text('9 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\r\n\0\0')]),
      'a.pdf',
    ],
    ['a picture', png(), 'ảnh.png'],
    ['a photograph with a film after it, as phones take', jpeg({ after: Buffer.alloc(5000, 7) }), 'ảnh.jpg'],
  ])('that is %s', (_what, bytes, name) => {
    expect(refusal(bytes, name)).toBeNull();
  });
});

describe('a file is refused with a message of its own', () => {
  const office = [{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }];
  test.each<[string, string, Uint8Array, string]>([
    ['empty', 'nothing in it', Buffer.alloc(0), 'a.pdf'],
    ['tooLarge', 'too many bytes', Buffer.alloc(limits.maxBytes + 1, '%PDF-'), 'a.pdf'],
    ['mismatch', 'a picture called PDF', png(), 'a.pdf'],
    ['mismatch', 'a PDF called picture', pdfFile(), 'a.jpg'],
    ['unknown', 'a text', text('Kính gửi'), 'a.txt'],
    ['webPage', 'a web page', text('\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>'), 'a.pdf'],
    ['webPage', 'a web page in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('<html>')]), 'a.html'],
    ['webPage', 'a drawing', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'a.png'],
    ['webPage', 'a drawing behind an XML head', text('<?xml version="1.0"?><!-- x --><svg/>'), 'a.svg'],
    ['program', 'a program', text('MZ\x90\0'), 'a.pdf'],
    ['program', 'a script', text('#!/bin/sh\nrm -rf /'), 'a.pdf'],
    ['archive', 'a zip archive', zipFile([{ name: 'giấy.pdf', bytes: pdfFile() }]), 'a.zip'],
    ['archive', 'another archive', text('7z\xbc\xaf\x27\x1c\0'), 'a.7z'],
    ['office', 'a document of today', zipFile(office), 'a.docx'],
    ['office', 'a document of old', text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'a.doc'],
    ['macros', 'a document with macros', zipFile([...office, { name: 'word/vbaProject.bin' }]), 'a.docm'],
    [
      'macros',
      'an old one with macros',
      Buffer.concat([text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), utf16('_VBA_PROJECT')]),
      'a.doc',
    ],
    [
      'encrypted',
      'an office document with a password',
      Buffer.concat([text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), utf16('EncryptedPackage')]),
      'a.docx',
    ],
    ['encrypted', 'an archive with a password', zipFile([{ name: 'a', claims: { encrypted: true } }]), 'a.zip'],
    ['encrypted', 'a PDF with a password', text('%PDF-1.4\ntrailer <</Root 1 0 R /Encrypt 5 0 R>>\n%%EOF'), 'a.pdf'],
    ['heic', 'a photograph of a telephone', text('\0\0\0\x18ftypheic'), 'a.heic'],
    ['hidden', 'a PDF that begins as a web page', text('%PDF-1.4\n%<html><script>alert(1)</script>\n%%EOF'), 'a.pdf'],
    ['hidden', 'a PDF with an archive after it', Buffer.concat([pdfFile(), zipFile([{ name: 'x.class' }])]), 'a.pdf'],
    [
      'hidden',
      'a PDF in front of an archive that ends like a PDF',
      Buffer.concat([pdfFile(), zipFile([{ name: 'x' }], '%%EOF')]),
      'a.pdf',
    ],
    ['hidden', 'a PDF with a script after it', Buffer.concat([pdfFile(), text('alert(1)')]), 'a.pdf'],
    [
      'hidden',
      'a picture with a script in a remark',
      png({ chunks: [pngChunk('tEXt', text('a\0<script>alert(1)</script>'))] }),
      'a.png',
    ],
    ['hidden', 'a picture with a web page after it', png({ after: text('<HTML ><body>') }), 'a.png'],
    [
      'hidden',
      'a photograph with a program of a web server in its remark',
      jpeg({ remark: '<?php system($_GET[0]);' }),
      'a.jpg',
    ],
    ['hidden', 'a photograph with an archive after it', jpeg({ after: zipFile([{ name: 'a' }]) }), 'a.jpg'],
    ['hidden', 'a photograph that is a PDF too', jpeg({ remark: '%PDF-1.4' }), 'a.jpg'],
    ['bomb', 'a picture of ten thousand million pixels', png({ width: 100_000, height: 100_000 }), 'a.png'],
  ])('%s: %s', (reason, _what, bytes, name) => {
    expect(refusal(bytes, name)).toBe(reason);
    const message = (vi.errors as Record<string, string>)[reason]!;
    expect(message).toContain('{name}');
  });
});

/** Megabytes by which the process grows while `work` runs; what the garbage of others adds only makes the test stricter. */
function growth(work: () => void): number {
  const before = process.memoryUsage().rss;
  work();
  return (process.memoryUsage().rss - before) / 1_048_576;
}

/** Three hundred megabytes of zeros, deflated: some 300 kilobytes. */
async function zeros(): Promise<Buffer> {
  const block = Buffer.alloc(1_048_576);
  const source = Readable.from(Array.from({ length: 300 }, () => block));
  const pieces: Buffer[] = [];
  for await (const piece of source.pipe(createDeflateRaw())) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const whole = zipFile([{ name: 'a' }, { name: 'b' }]);
const broken = whole.fill(0, whole.byteLength - 22 - 47, whole.byteLength - 22);

describe('a bomb is refused before it is unpacked', () => {
  const office = { name: '[Content_Types].xml' };
  test.each([
    ['an archive', []],
    ['an office document', [office]],
  ])('of 300 MB of zeros in %s, with less than 100 MB of memory', async (_what, before) => {
    const bomb = zipFile([...before, { name: 'zeros', packed: await zeros(), claims: { size: 300 * 1_048_576 } }]);
    expect(bomb.byteLength).toBeLessThan(1_048_576);
    const megabytes = growth(() => expect(refusal(bomb, 'a.zip')).toBe('bomb'));
    expect(megabytes).toBeLessThan(100);
  });

  test('in a PDF whose objects unpack to 300 MB, with less than 100 MB of memory', async () => {
    const bomb = pdfFile(undefined, deflateSync(Buffer.alloc(300 * 1_048_576)));
    const megabytes = growth(() => expect(refusal(bomb)).toBe('bomb'));
    expect(megabytes).toBeLessThan(100);
  });

  test.each([
    ['ten thousand and one entries', zipFile(Array.from({ length: 10_001 }, (_, i) => ({ name: `e${i}` })))],
    [
      'a total no document has',
      zipFile(
        Array.from({ length: 300 }, (_, i) => ({
          name: `e${i}`,
          bytes: Buffer.alloc(20_000, i),
          claims: { size: 2_000_000 },
        })),
      ),
    ],
    ['entries that share their bytes', zipFile([{ name: 'a' }, { name: 'b', claims: { offset: 0 } }])],
    ['an archive in it', zipFile([{ name: 'inner.zip', bytes: zipFile([{ name: 'a' }]) }])],
    ['a directory that breaks off', broken],
    ['more packed bytes than the file has', zipFile([{ name: 'a', claims: { packed: 4_000_000 } }])],
  ])('by its directory: %s', (_what, bytes) => {
    expect(refusal(bytes, 'a.zip')).toBe('bomb');
  });

  test('within two seconds, however the PDF is made to be slow', () => {
    const slow = text(`%PDF-1.4\n${'/Encrypt 1 0 R '.repeat(600_000)}${' obj /Type /ObjStm stream\n'.repeat(300_000)}`);
    const began = performance.now();
    expect(refusal(slow)).not.toBe('encrypted');
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

test('the file scanners are tried with is for the scanner to find, not for the look at its type', () => {
  expect(eicar().byteLength).toBe(68);
  expect(refusal(eicar(), 'a.pdf')).toBe('unknown');
  expect(refusal(pdfFile(eicar()))).toBeNull();
});
