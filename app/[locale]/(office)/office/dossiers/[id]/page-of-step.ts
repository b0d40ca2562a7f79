import type { StepNode } from '#server/dossiers/index.ts';

const pages: Partial<Record<StepNode, string>> = {
  receive: 'receive',
  assess: 'assess',
  'approve-supplement': 'decide',
  'plan-inspection': 'plan-inspection',
  inspect: 'inspect',
  recheck: 'inspect',
  'draft-result': 'draft-result',
  initial: 'sign',
  approve: 'sign',
  issue: 'issue',
};

/** The page on which an official step is done; null for the applicant's steps. */
export const pageOfStep = (step: StepNode): string | null => pages[step] ?? null;
