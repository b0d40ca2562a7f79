import { createHash } from 'node:crypto';
import type { Reader } from '#db/client.ts';
import { currentPapers, type Dossier, papersOf } from './records.ts';

/**
 * SHA-256 over what would be filed now: answers and papers of a draft. The page on which the applicant declares carries
 * it, so that exactly what they saw is filed, and a repeated submission with other content is not taken for the first.
 */
export async function contentDigest(db: Reader, dossier: Dossier): Promise<string> {
  const papers = currentPapers(await papersOf(db, dossier.id)).map((paper) => [paper.paperKey, paper.sha256]);
  // jsonb gives keys in one order, whatever order they were written in
  return createHash('sha256')
    .update(JSON.stringify([dossier.answers, papers.sort()]))
    .digest('hex');
}
