import type { Tone } from '#app/_ui/types.ts';
import type { RowOutcome } from '#server/registers/inputs.ts';
import type { ImportState } from '#server/registers/rules.ts';

export const importTones: Record<ImportState, Tone> = {
  uploaded: 'info',
  reading: 'wait',
  previewed: 'info',
  proposed: 'wait',
  writing: 'wait',
  written: 'ok',
  undoProposed: 'wait',
  undoing: 'wait',
  undone: 'plain',
  failed: 'late',
  discarded: 'plain',
};

export const outcomeTones: Record<RowOutcome, Tone> = {
  bad: 'late',
  duplicate: 'wait',
  changed: 'info',
  new: 'ok',
  same: 'plain',
};
