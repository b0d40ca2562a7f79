import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { type PayeeAccount, paymentAccounts } from '#db/schema/payments.ts';
import { AppError } from '#server/platform/index.ts';
import { getPayee } from './records.ts';

/** A bank identification number that no bank holds, so that a real bank application refuses a demo's code. */
const demoBankBin = '970999';

/**
 * The account on which an authority is paid. In a demo every authority has one at the demo bank.
 * @throws AppError unavailable when the authority has none
 */
export async function accountOf(db: Reader, organisationId: string, demo: boolean): Promise<PayeeAccount> {
  const [row] = await db.select().from(paymentAccounts).where(eq(paymentAccounts.organisationId, organisationId));
  if (row) {
    const { bankBin, bankName, accountNumber, accountName } = row;
    return { bankBin, bankName, accountNumber, accountName };
  }
  if (!demo) throw new AppError('unavailable', 'payments.errors.noAccount');
  const { name } = await getPayee(db, organisationId);
  return {
    bankBin: demoBankBin,
    bankName: 'Ngân hàng mô phỏng',
    accountNumber: demoAccountNumber(organisationId),
    accountName: name.toUpperCase(),
  };
}

function demoAccountNumber(organisationId: string): string {
  const digest = createHash('sha256').update(organisationId).digest();
  return `9${(digest.readUIntBE(0, 6) % 1e11).toString().padStart(11, '0')}`;
}
