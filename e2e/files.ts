import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

/** A file as a person picks it. */
export interface PickedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

async function pdfBytes(line: string, password?: string): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([420, 595]).drawText(line, { x: 40, y: 520, size: 14, font });
  if (password) document.encrypt({ userPassword: password, ownerPassword: password });
  return Buffer.from(await document.save());
}

/** A page of PDF that says what it is; `line` in Latin letters without marks. */
export const pdfFile = async (name: string, line: string): Promise<PickedFile> => ({
  name,
  mimeType: 'application/pdf',
  buffer: await pdfBytes(line),
});

/** One of at least so many bytes: a line broken on its way has something left to send. */
export async function largePdfFile(name: string, line: string, bytes: number): Promise<PickedFile> {
  const document = await PDFDocument.create();
  document.addPage([420, 595]).drawText(line, { x: 40, y: 520, size: 14 });
  document.context.register(document.context.stream(Buffer.alloc(bytes, `${line} `)));
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(await document.save()) };
}

/** The same behind a password. */
export const lockedPdfFile = async (name: string): Promise<PickedFile> => ({
  name,
  mimeType: 'application/pdf',
  buffer: await pdfBytes('Locked', 'mat-khau-thu'),
});

export const emptyFile = (name: string): PickedFile => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.alloc(0),
});

/** A text document of an office program, which is no paper anybody files. */
export const wordFile = (name: string): PickedFile => ({
  name,
  mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(64, 7)]),
});

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A picture of one colour, 64 by 48 points, by the PNG specification (ISO/IEC 15948). */
export function pngFile(name: string, [red, green, blue]: [number, number, number]): PickedFile {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(64, 0);
  header.writeUInt32BE(48, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.from([0, ...Array.from({ length: 64 }, () => [red, green, blue]).flat()]);
  const rows = Buffer.concat(Array.from({ length: 48 }, () => row));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return {
    name,
    mimeType: 'image/png',
    buffer: Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  };
}
