import { personId, query } from '#server/platform/index.ts';
import { type Attachment, filesById, findMessageDraft, unreadOf } from '../correspondence.ts';
import { DossierId } from '../inputs.ts';
import { threadClosesAt } from '../message-rules.ts';
import { canReadDossier, canWriteMessage, sideOf } from '../policy.ts';
import { getDossier } from '../records.ts';
import { dossierStates, isState } from '../rules.ts';
import { type TimelineEntry, timelineOf } from './dossier-view.ts';

export interface ThreadView {
  id: string;
  code: string;
  title: string;
  /** messages and system notices both sides see, newest first; internal notes are elsewhere */
  entries: TimelineEntry[];
  side: 'applicant' | 'office';
  state: string;
  /** read-only from then on; null while the dossier goes on */
  closesAt: Date | null;
  canWrite: boolean;
  /** messages of the other side that this person has not read */
  unread: number;
  draft: { text: string; files: Attachment[] };
}

/** The conversation about a dossier, for both sides. */
export const getThread = query({
  input: DossierId,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canReadDossier,
  view: async (ctx, dossier): Promise<ThreadView> => {
    const closesAt = threadClosesAt(dossier);
    const userId = personId(ctx.actor);
    const side = sideOf(ctx.actor, dossier);
    const draft = userId === null ? null : await findMessageDraft(ctx.db, dossier.id, userId);
    return {
      id: dossier.id,
      code: dossier.code ?? '',
      title: dossier.title ?? '',
      entries: await timelineOf(ctx.db, dossier, false),
      side,
      state: dossierStates[isState(dossier.state) ? dossier.state : 0],
      closesAt,
      canWrite: canWriteMessage(ctx.actor, dossier).allowed && (closesAt === null || closesAt > ctx.now()),
      unread: (await unreadOf(ctx.db, ctx.actor, [dossier.id], side)).get(dossier.id) ?? 0,
      draft: { text: draft?.text ?? '', files: await filesById(ctx.db, draft?.fileIds ?? []) },
    };
  },
});
