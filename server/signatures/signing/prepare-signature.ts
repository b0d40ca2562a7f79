import { PDFInvalidObject, PDFName } from '@cantoo/pdf-lib';
import { AppError } from '#server/platform/errors.ts';
import { formFields } from '../pdf/form-fields.ts';
import { pdfDate } from '../pdf/pdf-date.ts';
import { type Appearance, drawAppearance } from './appearance.ts';
import { assertMaySign } from './certificates.ts';
import { sha256, signedAttributes } from './cms.ts';
import { openForIncrement, saveIncrement } from './increment.ts';
import { type Lock, lockedBy } from './locks.ts';
import type { SigningRequest } from './signer.ts';

export interface SignatureRequest {
  /** name of a prepared, empty signature field */
  field: string;
  /** DER, the signer's own first, without the root */
  chain: Uint8Array[];
  appearance: Appearance;
  /** written into the signature for readers: the signer's name, why and where */
  name: string;
  reason?: string | undefined;
  location?: string | undefined;
  /** claimed time of signing */
  at: Date;
  lock?: Lock | undefined;
  /** bytes kept free for the signature container */
  reserve?: number | undefined;
}

export interface PreparedSignature {
  /** the whole file with room for the signature */
  pdf: Uint8Array;
  /** first digit of the room, and its length in digits */
  contentsAt: number;
  contentsLength: number;
  chain: Uint8Array[];
  attributes: Uint8Array;
  /** what the key's holder is asked to sign */
  request: SigningRequest;
}

const RESERVE = 8192;
const BLANK_RANGE = '[0 0000000000 0000000000 0000000000]';

/**
 * First phase: everything of the signature but its value, appended to the file. The result may wait for a token or a
 * remote service; `embedSignature` completes it.
 * @throws AppError when the field is missing, signed or locked, or the certificate must not sign at that time
 */
export async function prepareSignature(pdf: Uint8Array, of: SignatureRequest): Promise<PreparedSignature> {
  const certificate = of.chain[0];
  if (!certificate) throw new AppError('invalidInput', 'signatures.errors.noCertificate');
  assertMaySign(certificate, of.at);
  const document = await openForIncrement(pdf);
  const { context } = document;
  const field = formFields(context).find((known) => known.name === of.field);
  if (field?.kind !== 'signature')
    throw new AppError('invalidState', 'signatures.errors.fieldMissing', { values: { field: of.field } });
  if (field.filled) throw new AppError('conflict', 'signatures.errors.fieldSigned', { values: { field: of.field } });
  if (lockedBy(context, of.field))
    throw new AppError('invalidState', 'signatures.errors.fieldLocked', { values: { field: of.field } });

  const reserve = of.reserve ?? RESERVE;
  const dictionary = signatureDictionary(of, reserve, context.trailerInfo.Root?.toString() ?? '');
  const signature = context.register(PDFInvalidObject.of(Buffer.from(dictionary, 'latin1')));
  const [x1, y1, x2, y2] = field.rect;
  const appearance = drawAppearance(context, of.appearance, x2 - x1, y2 - y1);
  field.dict.set(PDFName.of('V'), signature);
  field.dict.set(PDFName.of('AP'), context.obj({ N: appearance }));
  context.snapshot?.markRefForSave(field.ref);
  const out = await saveIncrement(document, pdf);

  // placeholders are looked for in what was appended: a crafted earlier revision cannot catch them
  const contentsAt = out.indexOf(`/Contents <${'0'.repeat(64)}`, pdf.length) + '/Contents <'.length;
  const rangeAt = out.indexOf(`/ByteRange ${BLANK_RANGE}`, pdf.length) + '/ByteRange '.length;
  const contentsLength = reserve * 2;
  const gapStart = contentsAt - 1;
  const gapEnd = contentsAt + contentsLength + 1;
  const range = [gapStart, gapEnd, out.length - gapEnd].map((value) => String(value).padStart(10, ' ')).join(' ');
  out.write(`[0 ${range}]`, rangeAt, 'latin1');

  const digest = sha256(Buffer.concat([out.subarray(0, gapStart), out.subarray(gapEnd)]));
  const attributes = signedAttributes(digest, certificate);
  return {
    pdf: out,
    contentsAt,
    contentsLength,
    chain: of.chain,
    attributes,
    request: { data: attributes, digest: sha256(attributes) },
  };
}

function signatureDictionary(of: SignatureRequest, reserve: number, root: string): string {
  const text = (value: string) => {
    const utf16 = Buffer.from(value.normalize('NFC'), 'utf16le').swap16();
    return `<FEFF${utf16.toString('hex').toUpperCase()}>`;
  };
  return [
    '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached',
    `/ByteRange ${BLANK_RANGE}`,
    `/Contents <${'0'.repeat(reserve * 2)}>`,
    `/M (${pdfDate(of.at)})`,
    `/Name ${text(of.name)}`,
    of.reason ? `/Reason ${text(of.reason)}` : '',
    of.location ? `/Location ${text(of.location)}` : '',
    of.lock ? lockReference(of.lock, root) : '',
    '>>',
  ]
    .filter(Boolean)
    .join('\n');
}

function lockReference(lock: Lock, root: string): string {
  const fields = lock.action === 'All' ? '' : ` /Fields [${lock.fields.map((field) => `(${field})`).join(' ')}]`;
  const params = `<< /Type /TransformParams /V /1.2 /Action /${lock.action}${fields} >>`;
  return `/Reference [<< /Type /SigRef /TransformMethod /FieldMDP /Data ${root} /TransformParams ${params} >>]`;
}
