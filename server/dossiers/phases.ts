import type { Reader } from '#db/client.ts';
import type { ProcedureVersion, Text } from '#server/procedures/index.ts';
import { progressOf } from '#server/workflow/index.ts';
import type { Dossier } from './records.ts';
import { endedEarly } from './rules.ts';

/** A part of the procedure as people are shown it, and whether it is behind them. */
export interface PhaseView {
  phase: string;
  title: Text;
  state: 'done' | 'current' | 'upcoming';
}

/** The way of a dossier; none of one that broke off: neither what it was in nor what follows is done. */
export async function phasesOf(db: Reader, dossier: Dossier, version: ProcedureVersion): Promise<PhaseView[]> {
  if (!dossier.instanceId || endedEarly(dossier.state)) return [];
  const progress = await progressOf(db, dossier.instanceId);
  return progress.map((each) => ({
    ...each,
    title: version.phases.find((phase) => phase.key === each.phase)?.title ?? { vi: each.phase, en: each.phase },
  }));
}
