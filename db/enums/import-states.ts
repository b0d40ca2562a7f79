/** How far a sheet that is taken into a register has come. */
export const importStates = [
  'uploaded',
  'reading',
  'previewed',
  'proposed',
  'writing',
  'written',
  'undoProposed',
  'undoing',
  'undone',
  'failed',
  'discarded',
] as const;
export type ImportState = (typeof importStates)[number];
