import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { PDFContext, PDFHexString, PDFRawStream, type PDFRef, PDFString, PDFWriter } from '@cantoo/pdf-lib';
import type { DocumentLayout } from '../layout/document-layout.ts';
import { textString } from '../pdf/embedded-font.ts';
import { num } from '../pdf/operators.ts';
import { pdfDate } from '../pdf/pdf-date.ts';
import { drawBlock } from './blocks.ts';
import { type Canvas, createCanvas, fontNames, type PlacedField } from './canvas.ts';

/**
 * Draws a filled layout. The same layout gives the same bytes, so what is previewed is what will be signed.
 * Every signature, number and date field is in the file from here on; page content never changes again.
 * @throws AppError invalidInput when a character cannot be printed
 */
export async function renderDocument(layout: DocumentLayout): Promise<Uint8Array> {
  const canvas = createCanvas(layout);
  for (const block of layout.blocks) drawBlock(canvas, block);
  const context = PDFContext.create();
  const root = context.nextRef();
  const pages = context.nextRef();
  const fonts = [...canvas.subsets].map(([style, subset]) => ({
    name: fontNames[style],
    subset,
    ref: context.nextRef(),
  }));
  const resources = context.register(
    context.obj({ Font: Object.fromEntries(fonts.map(({ name, ref }) => [name, ref])) }),
  );
  const pageRefs = canvas.sheets.map(() => context.nextRef());
  const widgets = canvas.fields.map((field) => ({ field, ref: context.nextRef() }));
  canvas.sheets.forEach((ops, i) => {
    const content = context.register(
      PDFRawStream.of(
        context.obj({ Length: 0, Filter: 'FlateDecode' }),
        deflateSync(Buffer.from(ops.join('\n')), { level: 9 }),
      ),
    );
    const annotations = widgets.filter(({ field }) => field.page === i).map(({ ref }) => ref);
    context.assign(
      pageRefs[i]!,
      context.obj({
        Type: 'Page',
        Parent: pages,
        MediaBox: [0, 0, Number(num(canvas.width)), Number(num(canvas.height))],
        Resources: resources,
        Contents: content,
        Annots: annotations,
        Tabs: 'S',
      }),
    );
  });
  context.assign(pages, context.obj({ Type: 'Pages', Kids: pageRefs, Count: pageRefs.length }));
  for (const { field, ref } of widgets) context.assign(ref, widget(context, field, pageRefs));
  for (const { subset, ref } of fonts) subset.write(context, ref);
  context.assign(
    root,
    catalog(
      context,
      canvas,
      pages,
      widgets.map(({ ref }) => ref),
      resources,
    ),
  );
  context.trailerInfo.Root = root;
  context.trailerInfo.Info = context.register(information(context, layout));
  const id = createHash('sha256').update(JSON.stringify(layout)).digest().subarray(0, 16).toString('hex');
  context.trailerInfo.ID = context.obj([PDFHexString.of(id), PDFHexString.of(id)]);
  return PDFWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
}

function catalog(context: PDFContext, canvas: Canvas, pages: PDFRef, fields: PDFRef[], resources: PDFRef) {
  const form =
    fields.length > 0 ? context.register(context.obj({ Fields: fields, SigFlags: 3, DR: resources })) : undefined;
  return context.obj({
    Type: 'Catalog',
    Pages: pages,
    Lang: PDFString.of(canvas.layout.language),
    ViewerPreferences: { DisplayDocTitle: true },
    ...(form ? { AcroForm: form } : {}),
  });
}

function information(context: PDFContext, layout: DocumentLayout) {
  const at = PDFString.of(pdfDate(new Date(layout.createdAt)));
  return context.obj({
    Title: textString(layout.title),
    Author: textString(layout.author),
    Producer: textString('Một Cửa'),
    CreationDate: at,
    ModDate: at,
  });
}

const quadding = { left: 0, center: 1, right: 2 };

/** Field and widget in one dictionary: filling it later changes /V and /AP and nothing else. */
function widget(context: PDFContext, field: PlacedField, pages: PDFRef[]) {
  const common = {
    Type: 'Annot',
    Subtype: 'Widget',
    T: PDFString.of(field.name),
    Rect: field.rect.map((value) => Number(num(value))),
    P: pages[field.page]!,
    // printed, locked in place
    F: 132,
  };
  if (field.kind === 'signature') return context.obj({ ...common, FT: 'Sig' });
  const face = `/${fontNames[field.style]} ${num(field.size)} Tf 0 g`;
  return context.obj({ ...common, FT: 'Tx', Ff: 1, DA: PDFString.of(face), Q: quadding[field.align] });
}
