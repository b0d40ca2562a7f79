import type { FieldError } from '#server/platform/index.ts';
import type { Paper } from './records.ts';

interface NeededPaper {
  key: string;
  required: boolean;
  title: { vi: string; en: string };
}

/** What stands in the way of filing with these papers: required ones that are not there, and files with malware. */
export function paperFaults(
  needed: readonly NeededPaper[],
  held: readonly Pick<Paper, 'paperKey' | 'scan' | 'name'>[],
): FieldError[] {
  return needed.flatMap((paper): FieldError[] => {
    const path = `papers.${paper.key}`;
    const own = held.filter((each) => each.paperKey === paper.key);
    const values = { paperVi: paper.title.vi, paperEn: paper.title.en };
    const blocked = own
      .filter((each) => each.scan === 'quarantined')
      .map((each) => ({ path, reason: 'uploads.errors.paperQuarantined', values: { ...values, name: each.name } }));
    if (blocked.length > 0) return blocked;
    return paper.required && own.length === 0 ? [{ path, reason: 'dossiers.errors.paperMissing', values }] : [];
  });
}
