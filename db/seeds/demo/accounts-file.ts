import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One demo account as people and tests read it from `DATA_DIR/demo-accounts.json`. */
export const DemoAccount = z.object({
  role: z.string(),
  email: z.string(),
  password: z.string(),
  name: z.string(),
  /** roles that sign */
  pin: z.string().optional(),
  /** roles with a second factor */
  totpSecret: z.string().optional(),
  organisation: z.string().optional(),
});
export type DemoAccount = z.output<typeof DemoAccount>;

const fileIn = (dataDir: string): string => join(dataDir, 'demo-accounts.json');

/** The accounts of an earlier start; none when there is no file or it is not ours. */
export function readDemoAccounts(dataDir: string): DemoAccount[] {
  if (!existsSync(fileIn(dataDir))) return [];
  try {
    return z.array(DemoAccount).parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return [];
  }
}

/** Replaces the file as a whole; only its owner may read it. */
export function writeDemoAccounts(dataDir: string, accounts: DemoAccount[]): void {
  const draft = `${fileIn(dataDir)}.new`;
  writeFileSync(draft, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileIn(dataDir));
}
