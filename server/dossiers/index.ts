export { registerDossierEffects } from './effects.ts';
export { canReadDossierFile } from './file-access.ts';
export { followPayments } from './follow-payments.ts';
export { followProcesses } from './follow-process.ts';
export type { DossierView, MyDossierView, OfficeDossierView, TimelineEntry } from './queries/dossier.ts';
export type { DraftView, PaperNeed } from './queries/draft.ts';
export type { DossierRow, InboxRow } from './queries/lists.ts';
export { type TrackedDossier, trackDossier } from './queries/track.ts';
export { dossiersRouter } from './router.ts';
