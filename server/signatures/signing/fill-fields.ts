import { type PDFDict, PDFName, PDFNumber } from '@cantoo/pdf-lib';
import { AppError } from '#server/platform/errors.ts';
import { textString } from '../pdf/embedded-font.ts';
import { fieldFont } from '../pdf/field-font.ts';
import { formFields, textOf } from '../pdf/form-fields.ts';
import { num, nums } from '../pdf/operators.ts';
import { printable } from '../render/fonts.ts';
import { openForIncrement, saveIncrement } from './increment.ts';
import { lockedBy } from './locks.ts';

/**
 * Writes values into prepared text fields by an incremental update that sets /V and /AP and nothing else, so that
 * signatures whose lock leaves these fields free stay valid.
 * @throws AppError invalidState when a field is missing, no text field, already filled or locked by a signature
 */
export async function fillFields(pdf: Uint8Array, values: Record<string, string>): Promise<Uint8Array> {
  const document = await openForIncrement(pdf);
  const { context } = document;
  const fields = formFields(context);
  for (const [name, value] of Object.entries(values)) {
    const field = fields.find((known) => known.name === name);
    if (field?.kind !== 'text')
      throw new AppError('invalidState', 'signatures.errors.fieldMissing', { values: { field: name } });
    if (field.filled) throw new AppError('conflict', 'signatures.errors.fieldFilled', { values: { field: name } });
    if (lockedBy(context, name))
      throw new AppError('invalidState', 'signatures.errors.fieldLocked', { values: { field: name } });
    const [x1, y1, x2, y2] = field.rect;
    const appearance = textAppearance(context, field.dict, printable(value), x2 - x1, y2 - y1);
    field.dict.set(PDFName.of('V'), textString(value));
    field.dict.set(PDFName.of('AP'), context.obj({ N: appearance }));
    document.context.snapshot?.markRefForSave(field.ref);
  }
  return saveIncrement(document, pdf);
}

function textAppearance(context: PDFDict['context'], field: PDFDict, value: string, width: number, height: number) {
  const style = /^\/(\S+) ([\d.]+) Tf/.exec(textOf(field.lookup(PDFName.of('DA'))) ?? '');
  const font = fieldFont(context, style?.[1] ?? '', value);
  let size = Number(style?.[2] ?? 12);
  while (size > 5 && font.width(value, size) > width) size -= 0.5;
  const side = field.lookup(PDFName.of('Q'));
  const spare = Math.max(0, width - font.width(value, size));
  const x = (spare * (side instanceof PDFNumber ? side.asNumber() : 0)) / 2;
  // the field was placed so that its upper edge lies one size above the printed line's baseline
  const y = height - Number(style?.[2] ?? 12);
  const ops = `/Tx BMC q BT /F ${num(size)} Tf 0 g ${nums(x, y)} Td <${font.encode(value)}> Tj ET Q EMC`;
  return context.register(
    context.flateStream(ops, {
      Type: 'XObject',
      Subtype: 'Form',
      FormType: 1,
      BBox: [0, 0, width, height],
      Resources: { Font: { F: font.ref } },
    }),
  );
}
