import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { registerDuplicates, registerEntries, registerImportRows, registerImports } from '#db/schema/registers.ts';
import { newContext, newId, sheetTypes, storeFile, systemActor, transaction } from '#server/platform/index.ts';
import type { ImportState } from './rules.ts';

/** A sheet of one new facility in a state, as the commands and jobs would have left it. */
export async function insertImport(
  db: Database,
  of: { organisationId: string; createdBy: string; state: ImportState; now: Date },
): Promise<string> {
  const ctx = newContext(db, systemActor('registers.testing'), () => of.now);
  const importId = newId();
  await transaction(ctx, async (tx) => {
    const bytes = Buffer.from('Tên cơ sở\nNhà thuốc Mới');
    const file = await storeFile(tx, { name: 'danh-sach.csv', mediaType: sheetTypes.csv, bytes });
    await tx.tx.insert(registerImports).values({
      id: importId,
      register: 'facilities',
      organisationId: of.organisationId,
      fileId: file.id,
      fileName: file.name,
      sheets: ['Danh sách'],
      headings: ['Tên cơ sở'],
      mapping: { name: 0 },
      validFrom: '2026-11-23',
      state: of.state,
      counts: { new: 1, written: 1 },
      createdBy: of.createdBy,
      createdAt: of.now,
      proposedBy: of.createdBy,
      proposedAt: of.now,
      reason: 'Danh sách tháng 11',
    });
    await tx.tx
      .insert(registerImportRows)
      .values({ importId, line: 2, outcome: 'new', title: 'Nhà thuốc Mới', content: {} });
  });
  return importId;
}

/** Another entry of the same keeper that looks like one that is there, and the pair of them. */
export async function insertPair(db: Database, entryId: string): Promise<{ firstId: string; secondId: string }> {
  const ctx = newContext(db, systemActor('registers.testing'), () => new Date());
  return transaction(ctx, async ({ tx }) => {
    const [entry] = await tx.select().from(registerEntries).where(eq(registerEntries.id, entryId));
    const twin = { ...entry!, id: newId() };
    await tx.insert(registerEntries).values(twin);
    const [firstId, secondId] = [entryId, twin.id].sort() as [string, string];
    const { register, organisationId } = twin;
    const facts = { register, organisationId, likeness: 0.8, reasons: ['sameNameWard'] };
    await tx.insert(registerDuplicates).values({ firstId, secondId, ...facts });
    return { firstId, secondId };
  });
}
