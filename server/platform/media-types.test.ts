import { describe, expect, test } from 'vitest';
import { sniffMediaType } from './media-types.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const plainPdf = bytes('%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF');
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]);

describe('the type of a file', () => {
  test.each([
    ['application/pdf', plainPdf, 'Bản vẽ mặt bằng.PDF'],
    ['image/png', png, 'ảnh.png'],
    ['image/jpeg', jpeg, 'ảnh chụp.JPG'],
    ['image/jpeg', jpeg, 'anh.jpeg'],
  ])('is %s by its first bytes', (mediaType, content, name) => {
    expect(sniffMediaType(content, { name, mediaType })).toEqual({ mediaType, problem: null });
  });

  test.each([1, 2, 8, 64, 256, 258, 261])('is looked for in a file of %i bytes and no further', (length) => {
    // memory of its own, as a request brings it: there is nothing behind its end
    expect(sniffMediaType(new Uint8Array(length).fill(42)).problem).toBe('unknown');
  });

  test('is not asked of an empty file', () => {
    expect(sniffMediaType(new Uint8Array(), { name: 'a.pdf' })).toEqual({ mediaType: null, problem: 'empty' });
  });

  test.each([
    ['a text', bytes('Kính gửi Sở Y tế')],
    ['a PDF with bytes before its header', Buffer.concat([bytes('\n'), plainPdf])],
    ['a picture cut off in its signature', png.subarray(0, 5)],
  ])('is unknown for %s', (_what, content) => {
    expect(sniffMediaType(content).problem).toBe('unknown');
  });

  test.each([
    ['its name', { name: 'giay-phep.pdf' }],
    ['what the sender declared', { mediaType: 'application/pdf' }],
    ['a name whose ending is none of ours', { name: 'anh.exe' }],
  ])('must agree with %s', (_what, claim) => {
    expect(sniffMediaType(png, claim)).toEqual({ mediaType: 'image/png', problem: 'mismatch' });
  });

  test('is taken from the content where the sender says nothing definite', () => {
    expect(sniffMediaType(png, { name: 'anh', mediaType: 'application/octet-stream' }).problem).toBeNull();
    expect(sniffMediaType(jpeg, { mediaType: 'image/jpg' }).problem).toBeNull();
  });
});

describe('an encrypted PDF', () => {
  test.each([
    ['a trailer', '%PDF-1.4\n1 0 obj <</A 1>> endobj\ntrailer <</Root 1 0 R /Encrypt 5 0 R>>\n%%EOF'],
    [
      'a cross-reference stream',
      '%PDF-1.7\n7 0 obj <</Type /XRef /W [1 2 1] /Encrypt 5 0 R>> stream\nabc endstream endobj',
    ],
    ['a trailer that holds the dictionary', '%PDF-1.4\ntrailer <</Encrypt<</Filter/Standard>>>>'],
  ])('is known by %s', (_where, text) => {
    expect(sniffMediaType(bytes(text))).toEqual({ mediaType: 'application/pdf', problem: 'encrypted' });
  });

  test('is not assumed because a page speaks about encryption', () => {
    const text =
      '%PDF-1.4\n1 0 obj <</Length 30>> stream\n(/Encrypt 5 0 R) Tj endstream endobj\ntrailer <</Root 1 0 R>>';
    expect(sniffMediaType(bytes(text)).problem).toBeNull();
  });
});
