import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFObjectParser,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';

/** Why a file cannot be read at all. */
export type Unreadable = 'notPdf' | 'encrypted' | 'damaged' | 'hybrid';
export class UnreadableFile extends Error {
  readonly why: Unreadable;
  constructor(why: Unreadable) {
    super(why);
    this.why = why;
  }
}

type Entry = { at: number } | { stream: number; index: number } | 'free';
interface Section {
  /** where it begins in the file */
  at: number;
  entries: Map<number, Entry>;
  trailer: PDFDict;
}
/** The document as a reader sees it who is given the first `end` bytes. */
export interface Revision {
  end: number;
  /** newest first */
  sections: Section[];
  /** every object in use, found through the cross-reference only: what lies elsewhere in the file does not count */
  context: PDFContext;
  /** offsets of objects stored on their own */
  offsets: Map<number, number>;
}

// a hostile file must not cost more than an honest large one
const MAX_UNPACKED = 64 * 1024 * 1024;
const MAX_SECTIONS = 1000;

/** Objects by their place in the file: revisions of one file share what did not change. */
export type ParsedObjects = Map<string, { object: PDFObject; generation: number }>;

/** @throws UnreadableFile */
export function readRevision(bytes: Buffer, end: number, parsed: ParsedObjects = new Map()): Revision {
  const tail = bytes.subarray(Math.max(0, end - 64), end).toString('latin1');
  const found = /startxref\s+(\d+)\s+%%EOF[\r\n]*$/.exec(tail);
  if (!found) throw new UnreadableFile('damaged');
  const context = PDFContext.create();
  const sections: Section[] = [];
  for (let at: number | undefined = Number(found[1]); at !== undefined; ) {
    if (at >= end || sections.length >= MAX_SECTIONS || sections.some((known) => known.at === at))
      throw new UnreadableFile('damaged');
    const section = readSection(bytes, at, end, context);
    if (section.trailer.has(PDFName.of('Encrypt'))) throw new UnreadableFile('encrypted');
    if (section.trailer.has(PDFName.of('XRefStm'))) throw new UnreadableFile('hybrid');
    sections.push(section);
    const prev = section.trailer.get(PDFName.of('Prev'));
    at = prev instanceof PDFNumber ? prev.asNumber() : undefined;
  }
  return loadObjects(bytes, end, sections, context, parsed);
}

function loadObjects(
  bytes: Buffer,
  end: number,
  sections: Section[],
  context: PDFContext,
  parsed: ParsedObjects,
): Revision {
  const current = new Map<number, Entry>();
  for (const { entries } of sections.toReversed()) for (const [number, entry] of entries) current.set(number, entry);
  const offsets = new Map<number, number>();
  for (const [number, entry] of current) {
    if (entry === 'free' || !('at' in entry)) continue;
    const place = `${number}@${entry.at}`;
    const known = parsed.get(place) ?? readObject(bytes, entry.at, end, context, number);
    parsed.set(place, known);
    context.assign(PDFRef.of(number, known.generation), known.object);
    offsets.set(number, entry.at);
  }
  const unpacked = new Map<number, PDFObject[]>();
  for (const [number, entry] of current) {
    if (entry === 'free' || !('stream' in entry)) continue;
    const members = unpacked.get(entry.stream) ?? readObjectStream(context, entry.stream);
    unpacked.set(entry.stream, members);
    const member = members[entry.index];
    if (member) context.assign(PDFRef.of(number, 0), member);
  }
  const newest = sections[0]!.trailer;
  const root = newest.get(PDFName.of('Root'));
  if (!(root instanceof PDFRef) || !(context.lookup(root) instanceof PDFDict)) throw new UnreadableFile('damaged');
  context.trailerInfo.Root = root;
  context.trailerInfo.Info = newest.get(PDFName.of('Info'));
  return { end, sections, context, offsets };
}

function readSection(bytes: Buffer, at: number, end: number, context: PDFContext): Section {
  if (bytes.subarray(at, at + 4).toString('latin1') === 'xref') return readTable(bytes, at, end, context);
  const { object } = readObject(bytes, at, end, context);
  if (!(object instanceof PDFRawStream) || object.dict.get(PDFName.of('Type')) !== PDFName.of('XRef'))
    throw new UnreadableFile('damaged');
  return { at, entries: readStreamEntries(object), trailer: object.dict };
}

function readTable(bytes: Buffer, at: number, end: number, context: PDFContext): Section {
  const trailerAt = bytes.indexOf('trailer', at);
  if (trailerAt === -1 || trailerAt > end) throw new UnreadableFile('damaged');
  const lines = bytes
    .subarray(at + 4, trailerAt)
    .toString('latin1')
    .trim()
    .split(/\s*[\r\n]+\s*/);
  const entries = new Map<number, Entry>();
  let next = 0;
  let left = 0;
  for (const line of lines) {
    const head = /^(\d+) (\d+)$/.exec(line);
    const row = /^(\d{10}) (\d{5}) ([nf])$/.exec(line);
    if (left === 0 && head) {
      next = Number(head[1]);
      left = Number(head[2]);
    } else if (left > 0 && row) {
      entries.set(next, row[3] === 'f' ? 'free' : { at: Number(row[1]) });
      next += 1;
      left -= 1;
    } else throw new UnreadableFile('damaged');
  }
  const trailer = parse(bytes.subarray(trailerAt + 7, end), context);
  if (left !== 0 || !(trailer instanceof PDFDict)) throw new UnreadableFile('damaged');
  return { at, entries, trailer };
}

function readStreamEntries(stream: PDFRawStream): Map<number, Entry> {
  const numbers = (name: string): number[] | undefined => {
    const list = stream.dict.get(PDFName.of(name));
    return list instanceof PDFArray
      ? list.asArray().map((n) => (n instanceof PDFNumber ? n.asNumber() : 0))
      : undefined;
  };
  const widths = numbers('W');
  const size = stream.dict.get(PDFName.of('Size'));
  const sound =
    widths?.length === 3 && widths.every((width) => width >= 0 && width <= 8) && widths.some((width) => width > 0);
  if (!sound || !(size instanceof PDFNumber)) throw new UnreadableFile('damaged');
  const index = numbers('Index') ?? [0, size.asNumber()];
  const data = unpack(stream);
  const entries = new Map<number, Entry>();
  let at = 0;
  const take = (width: number, standard: number) => {
    if (width === 0) return standard;
    at += width;
    return data.subarray(at - width, at).reduce((sum, byte) => sum * 256 + byte, 0);
  };
  for (let i = 0; i + 1 < index.length; i += 2) {
    for (let n = 0; n < index[i + 1]! && at < data.length; n++) {
      const [type, second, third] = [take(widths[0]!, 1), take(widths[1]!, 0), take(widths[2]!, 0)];
      entries.set(index[i]! + n, type === 0 ? 'free' : type === 1 ? { at: second } : { stream: second, index: third });
    }
  }
  return entries;
}

function readObject(bytes: Buffer, at: number, end: number, context: PDFContext, expected?: number) {
  const head = /^(\d+)\s+(\d+)\s+obj/.exec(bytes.subarray(at, Math.min(end, at + 32)).toString('latin1'));
  if (!head || (expected !== undefined && Number(head[1]) !== expected)) throw new UnreadableFile('damaged');
  return { object: parse(bytes.subarray(at + head[0].length, end), context), generation: Number(head[2]) };
}

function readObjectStream(context: PDFContext, number: number): PDFObject[] {
  const stream = context.lookup(PDFRef.of(number, 0));
  if (!(stream instanceof PDFRawStream)) throw new UnreadableFile('damaged');
  const first = stream.dict.get(PDFName.of('First'));
  const count = stream.dict.get(PDFName.of('N'));
  if (!(first instanceof PDFNumber) || !(count instanceof PDFNumber)) throw new UnreadableFile('damaged');
  const data = unpack(stream);
  const head = data.subarray(0, first.asNumber()).toString('latin1').trim().split(/\s+/).map(Number);
  if (count.asNumber() * 2 > head.length) throw new UnreadableFile('damaged');
  return Array.from({ length: count.asNumber() }, (_, i) =>
    parse(data.subarray(first.asNumber() + head[2 * i + 1]!), context),
  );
}

function parse(bytes: Uint8Array, context: PDFContext): PDFObject {
  try {
    return PDFObjectParser.forBytes(bytes, context).parseObject();
  } catch {
    throw new UnreadableFile('damaged');
  }
}

/** The data of a stream that is plain or Flate, with the PNG predictors cross-reference streams use. */
function unpack(stream: PDFRawStream): Buffer {
  const filter = stream.dict.get(PDFName.of('Filter'));
  const name = filter instanceof PDFArray && filter.size() === 1 ? filter.get(0) : filter;
  if (name === undefined) return Buffer.from(stream.contents);
  if (name !== PDFName.of('FlateDecode')) throw new UnreadableFile('damaged');
  let data: Buffer;
  try {
    data = inflateSync(stream.contents, { maxOutputLength: MAX_UNPACKED });
  } catch {
    throw new UnreadableFile('damaged');
  }
  const parms = stream.dict.get(PDFName.of('DecodeParms'));
  const of = (key: string, standard: number) => {
    const value = parms instanceof PDFDict ? parms.get(PDFName.of(key)) : undefined;
    return value instanceof PDFNumber ? value.asNumber() : standard;
  };
  if (of('Columns', 1) < 1) throw new UnreadableFile('damaged');
  return of('Predictor', 1) < 10
    ? data
    : unpredict(data, of('Columns', 1), Math.max(1, (of('Colors', 1) * of('BitsPerComponent', 8)) >> 3));
}

function unpredict(data: Buffer, columns: number, pixel: number): Buffer {
  const rows = Math.floor(data.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const type = data[row * (columns + 1)];
    for (let i = 0; i < columns; i++) {
      const at = row * columns + i;
      const left = i >= pixel ? out[at - pixel]! : 0;
      const up = row > 0 ? out[at - columns]! : 0;
      const corner = i >= pixel && row > 0 ? out[at - columns - pixel]! : 0;
      const guess =
        type === 1 ? left : type === 2 ? up : type === 3 ? (left + up) >> 1 : type === 4 ? paeth(left, up, corner) : 0;
      out[at] = data[row * (columns + 1) + 1 + i]! + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const p = left + up - corner;
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
