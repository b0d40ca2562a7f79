import { signedRevisions } from '#db/schema/signatures.ts';
import { newId, readFile, storeFile, type TxContext } from '#server/platform/index.ts';
import { currentRevision, type SignedDocument, type SignedRevision } from './records.ts';
import { assertAppendOnly } from './signing/increment.ts';

type Facts = Pick<
  SignedRevision,
  'field' | 'signerUserId' | 'signingKeyId' | 'signerName' | 'signerTitle' | 'idempotencyKey'
>;
const drawn: Facts = {
  field: null,
  signerUserId: null,
  signingKeyId: null,
  signerName: null,
  signerTitle: null,
  idempotencyKey: null,
};

/** Keeps a revision beside the earlier ones; each begins with every byte of the one before. */
export async function storeRevision(
  ctx: TxContext,
  document: Pick<SignedDocument, 'id' | 'title'>,
  ordinal: number,
  bytes: Uint8Array,
  facts: Partial<Facts> = {},
): Promise<SignedRevision> {
  const file = await storeFile(ctx, { name: `${fileName(document.title)}.pdf`, mediaType: 'application/pdf', bytes });
  const row: SignedRevision = {
    ...drawn,
    ...facts,
    id: newId(),
    documentId: document.id,
    ordinal,
    fileId: file.id,
    sha256: file.sha256,
    at: ctx.now(),
  };
  await ctx.tx.insert(signedRevisions).values(row);
  return row;
}

/** The newest bytes and a way to put the next ones behind them. */
export async function openRevision(ctx: TxContext, document: SignedDocument) {
  const revision = await currentRevision(ctx.tx, document.id);
  const bytes = await readFile(ctx.tx, revision.fileId);
  return {
    revision,
    bytes,
    append: (next: Uint8Array, facts: Partial<Facts>) => {
      assertAppendOnly(bytes, next);
      return storeRevision(ctx, document, revision.ordinal + 1, next, facts);
    },
  };
}

const fileName = (title: string): string => title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
