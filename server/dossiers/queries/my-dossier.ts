import { type Actor, query } from '#server/platform/index.ts';
import { getVersion, type Json, type JsonObject } from '#server/procedures/index.ts';
import { clockHistory, explainClock } from '../clock.ts';
import { withDraft } from '../commands/answer-request.ts';
import { DossierId } from '../inputs.ts';
import { canActAsApplicant, canReadDossier, isApplicant } from '../policy.ts';
import { findOpenRequest, getDossier, papersOf } from '../records.ts';
import { openItems } from '../rules.ts';
import { type MyDossierView, viewOf } from './dossier-view.ts';
import { paperNeeds } from './draft.ts';

/** A filed dossier as its applicant sees it: own messages and documents, never internal opinions. */
export const getMyDossier = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canActAsApplicant,
  view: async (ctx, dossier): Promise<MyDossierView> => ({
    ...(await viewOf(ctx, dossier, false)),
    trackingSecret: dossier.trackingSecret,
  }),
});

/** The open request with what has been answered so far, for the applicant. */
export const getOpenRequest = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canActAsApplicant,
  view: async (ctx, dossier) => {
    const request = await findOpenRequest(ctx.db, dossier.id);
    if (!request) return null;
    const version = await getVersion(ctx.db, dossier.procedureVersionId);
    const papers = await papersOf(ctx.db, dossier.id);
    const pending = papers.filter((paper) => paper.pendingRequestId === request.id);
    const needs = await paperNeeds(ctx.db, dossier, version);
    return {
      id: request.id,
      kind: request.kind,
      items: request.items,
      replies: request.replies,
      answerDueAt: request.answerDueAt,
      form: version.form,
      answers: withDraft(dossier.answers, request.draft),
      filedAnswers: dossier.answers as JsonObject,
      drafted: request.draft as Record<string, Json>,
      /** for each paper asked: what was filed and what has been handed in now */
      papers: needs.map((need) => ({ ...need, pending: pending.filter((paper) => paper.paperKey === need.key) })),
      open: openItems(request.items, {
        draft: request.draft,
        replies: request.replies,
        papers: new Set(pending.map((paper) => paper.paperKey)),
      }),
    };
  },
});

/** Whether a dossier of the applicant's is still a draft: pages ask before they ask for either view. */
export const getKind = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canReadDossier,
  view: (_ctx, dossier) => ({ draft: dossier.state === 0 }),
});

/** The clock, interval by interval, for filer and officer alike. */
export const getClock = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canReadDossier,
  view: async (ctx, dossier) => ({
    id: dossier.id,
    code: dossier.code,
    title: dossier.title,
    applicant: isApplicant(ctx.actor as Actor, dossier),
    clock: await explainClock(ctx.db, dossier, ctx.now()),
    facts: await clockHistory(ctx.db, dossier.id),
  }),
});
