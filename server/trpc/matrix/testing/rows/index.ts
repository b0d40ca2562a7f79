import type { Row } from '../row.ts';
import { dossierRows } from './dossiers.ts';
import { identityRows } from './identity.ts';
import { registerRows } from './registers.ts';

/** The matrix: every procedure by its path. */
export const rows: Record<string, Row> = { ...dossierRows, ...identityRows, ...registerRows };
