import { env } from '#server/platform/env.ts';
import { demoBankServices } from './demo-bank-books.ts';
import type { BankServices } from './provider.ts';

/** What the bank does on order: the demo bank everything; a real one has no such agreement yet and is dealt with by hand. */
export const bankServices = (): BankServices | null => (env().demo ? demoBankServices : null);
