import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  /** what the directory says, where that is not the truth */
  claims?: { size?: number; packed?: number; offset?: number; encrypted?: boolean };
  bytes?: Uint8Array;
  /** already deflated, with its unpacked size in `claims` */
  packed?: Uint8Array;
}

/** A zip archive with deflated entries, honest unless `claims` says otherwise. `comment` stands at its very end. */
export function zipFile(parts: ZipPart[], comment = ''): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, bytes = new Uint8Array(), packed = deflateRawSync(bytes), claims = {} } of parts) {
    const label = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(claims.encrypted ? 1 : 0, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(claims.packed ?? packed.byteLength, 14);
    fields.writeUInt32LE(claims.size ?? bytes.byteLength, 18);
    fields.writeUInt16LE(label.byteLength, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, label, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(claims.offset ?? at, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, label]));
    bodies.push(body);
    at += body.byteLength;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10);
  end.writeUInt32LE(directory.byteLength, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...bodies, directory, end, Buffer.from(comment)]);
}

/** A PDF of one page, and of one embedded file where given: small, whole, with a cross-reference table. */
export function pdfFile(attachment?: Uint8Array, objectStream?: Uint8Array): Buffer {
  const objects: (string | Buffer)[] = [
    `<< /Type /Catalog /Pages 2 0 R${attachment ? ' /Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>' : ''} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  const stream = (dictionary: string, bytes: Uint8Array) =>
    Buffer.concat([
      Buffer.from(`<< ${dictionary} /Length ${bytes.byteLength} >>\nstream\n`),
      bytes,
      Buffer.from('\nendstream'),
    ]);
  if (attachment)
    objects.push(
      '<< /Type /Filespec /F (a) /EF << /F 5 0 R >> >>',
      stream('/Type /EmbeddedFile /Params << /CheckSum <00> >>', attachment),
    );
  if (objectStream) objects.push(stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', objectStream));
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = pieces[0]!.byteLength;
  objects.forEach((body, i) => {
    const piece = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]);
    offsets.push(at);
    pieces.push(piece);
    at += piece.byteLength;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  pieces.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}

/** The file every scanner knows and that harms nothing, put together here so that the sources do not hold it. */
export const eicar = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
