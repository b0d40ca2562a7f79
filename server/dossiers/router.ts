import { z } from 'zod';
import { limited, procedure, router, shape } from '#server/trpc/init.ts';
import { saveRequestAnswer, sendRequestAnswer } from './commands/answer-request.ts';
import { assessDossier } from './commands/assess-dossier.ts';
import { issueControlSlip } from './commands/control-slip.ts';
import { createDraft } from './commands/create-draft.ts';
import { decideSupplement } from './commands/decide-supplement.ts';
import { delegate, endDelegation } from './commands/delegate.ts';
import { decideExtension, proposeExtension } from './commands/extension.ts';
import { fileDossier } from './commands/file-dossier.ts';
import { reassignStep } from './commands/hand-over.ts';
import { addInspectionPhoto, planInspection, recordInspection } from './commands/inspect.ts';
import { attachToMessage, dropAttachment, keepMessage, markThreadRead, sendMessage } from './commands/messages.ts';
import { addPaper, removePaper } from './commands/papers.ts';
import { removeQueueView, saveQueueView } from './commands/queue-views.ts';
import { recallMove } from './commands/recall-move.ts';
import { receiveDossier, refuseReceipt } from './commands/receive-dossier.ts';
import { releaseStep } from './commands/release-step.ts';
import { resolveConflicts } from './commands/resolve-conflicts.ts';
import {
  collectResult,
  draftResult,
  initialResult,
  issueResult,
  proposeResult,
  returnResult,
  signResult,
} from './commands/results.ts';
import { returnUnsealed } from './commands/return-unsealed.ts';
import { savePage } from './commands/save-page.ts';
import { addNote, claimStep, rateDossier, withdrawDossier } from './commands/small-acts.ts';
import { startRenewal } from './commands/start-renewal.ts';
import { issueTrackingLog } from './commands/tracking-log.ts';
import { appendUpload, beginUpload, cancelUpload } from './commands/uploads.ts';
import { addVaultPaper, editVaultPaper, removeVaultPaper, reusePaper } from './commands/vault.ts';
import * as inputs from './inputs.ts';
import { myDelegations } from './queries/delegations.ts';
import { getDraft } from './queries/draft.ts';
import { getDraftPage } from './queries/draft-page.ts';
import { inbox, inboxCounts } from './queries/inbox.ts';
import { lateDossiers } from './queries/late-dossiers.ts';
import { myDossiers, officeDossiers } from './queries/lists.ts';
import { getClock, getKind, getMyDossier, getOpenRequest } from './queries/my-dossier.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { myQueueViews } from './queries/queue-views.ts';
import { supplementFigures } from './queries/supplement-figures.ts';
import { myTeam } from './queries/team.ts';
import { getThread } from './queries/thread.ts';
import { logAuthorities, trackingLog } from './queries/tracking-log.ts';
import { getUpload, unfinishedUploads } from './queries/uploads.ts';
import { myVault, reusablePapers } from './queries/vault.ts';

/** A business with many branches files a few hundred a day; what asks for more is a program gone wrong. */
const filing = limited('filing', 1000);
const upload = limited('upload', 1200);

export const dossiersRouter = router({
  startRenewal: filing.input(shape(inputs.StartRenewal)).mutation(({ ctx, input }) => startRenewal(ctx, input)),
  createDraft: filing.input(shape(inputs.CreateDraft)).mutation(({ ctx, input }) => createDraft(ctx, input)),
  savePage: procedure.input(shape(inputs.SavePage)).mutation(({ ctx, input }) => savePage(ctx, input)),
  resolveConflicts: procedure
    .input(shape(inputs.ResolveConflicts))
    .mutation(({ ctx, input }) => resolveConflicts(ctx, input)),
  draftPage: procedure.input(shape(inputs.PageOfDraft)).query(({ ctx, input }) => getDraftPage(ctx, input)),
  addPaper: upload.input(shape(inputs.AddPaper)).mutation(({ ctx, input }) => addPaper(ctx, input)),
  beginUpload: upload.input(shape(inputs.BeginUpload)).mutation(({ ctx, input }) => beginUpload(ctx, input)),
  appendUpload: procedure.input(shape(inputs.AppendUpload)).mutation(({ ctx, input }) => appendUpload(ctx, input)),
  cancelUpload: procedure.input(shape(inputs.UploadId)).mutation(({ ctx, input }) => cancelUpload(ctx, input)),
  upload: procedure.input(shape(inputs.UploadId)).query(({ ctx, input }) => getUpload(ctx, input)),
  unfinishedUploads: procedure
    .input(shape(inputs.PaperOfDossier))
    .query(({ ctx, input }) => unfinishedUploads(ctx, input)),
  removePaper: procedure.input(shape(inputs.RemovePaper)).mutation(({ ctx, input }) => removePaper(ctx, input)),
  file: filing.input(shape(inputs.FileDossier)).mutation(({ ctx, input }) => fileDossier(ctx, input)),
  receive: procedure.input(shape(inputs.ReceiveDossier)).mutation(({ ctx, input }) => receiveDossier(ctx, input)),
  refuseReceipt: procedure.input(shape(inputs.RefuseReceipt)).mutation(({ ctx, input }) => refuseReceipt(ctx, input)),
  assess: procedure.input(shape(inputs.AssessDossier)).mutation(({ ctx, input }) => assessDossier(ctx, input)),
  saveRequestAnswer: procedure
    .input(shape(inputs.SaveRequestAnswer))
    .mutation(({ ctx, input }) => saveRequestAnswer(ctx, input)),
  sendRequestAnswer: procedure
    .input(shape(inputs.SendRequestAnswer))
    .mutation(({ ctx, input }) => sendRequestAnswer(ctx, input)),
  planInspection: procedure
    .input(shape(inputs.PlanInspection))
    .mutation(({ ctx, input }) => planInspection(ctx, input)),
  recordInspection: procedure
    .input(shape(inputs.RecordInspection))
    .mutation(({ ctx, input }) => recordInspection(ctx, input)),
  addInspectionPhoto: upload
    .input(shape(inputs.AddInspectionPhoto))
    .mutation(({ ctx, input }) => addInspectionPhoto(ctx, input)),
  draftResult: procedure.input(shape(inputs.DraftResult)).mutation(({ ctx, input }) => draftResult(ctx, input)),
  proposeResult: procedure.input(shape(inputs.DossierId)).mutation(({ ctx, input }) => proposeResult(ctx, input)),
  initialResult: procedure.input(shape(inputs.SignResult)).mutation(({ ctx, input }) => initialResult(ctx, input)),
  signResult: procedure.input(shape(inputs.SignResult)).mutation(({ ctx, input }) => signResult(ctx, input)),
  returnUnsealed: procedure.input(shape(inputs.ReturnResult)).mutation(({ ctx, input }) => returnUnsealed(ctx, input)),
  returnResult: procedure.input(shape(inputs.ReturnResult)).mutation(({ ctx, input }) => returnResult(ctx, input)),
  issueResult: procedure.input(shape(inputs.IssueResult)).mutation(({ ctx, input }) => issueResult(ctx, input)),
  collectResult: procedure.input(shape(inputs.DossierId)).mutation(({ ctx, input }) => collectResult(ctx, input)),
  rate: procedure.input(shape(inputs.RateDossier)).mutation(({ ctx, input }) => rateDossier(ctx, input)),
  withdraw: procedure.input(shape(inputs.WithdrawDossier)).mutation(({ ctx, input }) => withdrawDossier(ctx, input)),
  addVaultPaper: upload.input(shape(inputs.AddVaultPaper)).mutation(({ ctx, input }) => addVaultPaper(ctx, input)),
  editVaultPaper: procedure
    .input(shape(inputs.EditVaultPaper))
    .mutation(({ ctx, input }) => editVaultPaper(ctx, input)),
  removeVaultPaper: procedure
    .input(shape(inputs.VaultPaperId))
    .mutation(({ ctx, input }) => removeVaultPaper(ctx, input)),
  reusePaper: procedure.input(shape(inputs.ReusePaper)).mutation(({ ctx, input }) => reusePaper(ctx, input)),
  vault: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => myVault(ctx, input)),
  reusablePapers: procedure.input(shape(inputs.PaperOfDossier)).query(({ ctx, input }) => reusablePapers(ctx, input)),
  sendMessage: procedure.input(shape(inputs.SendMessage)).mutation(({ ctx, input }) => sendMessage(ctx, input)),
  keepMessage: procedure.input(shape(inputs.KeepMessage)).mutation(({ ctx, input }) => keepMessage(ctx, input)),
  attachToMessage: upload
    .input(shape(inputs.AttachToMessage))
    .mutation(({ ctx, input }) => attachToMessage(ctx, input)),
  dropAttachment: procedure
    .input(shape(inputs.DropAttachment))
    .mutation(({ ctx, input }) => dropAttachment(ctx, input)),
  markThreadRead: procedure.input(shape(inputs.DossierId)).mutation(({ ctx, input }) => markThreadRead(ctx, input)),
  thread: procedure.input(shape(inputs.DossierId)).query(({ ctx, input }) => getThread(ctx, input)),
  claim: procedure.input(shape(inputs.DossierId)).mutation(({ ctx, input }) => claimStep(ctx, input)),
  decideSupplement: procedure
    .input(shape(inputs.DecideProposal))
    .mutation(({ ctx, input }) => decideSupplement(ctx, input)),
  proposeExtension: procedure
    .input(shape(inputs.ProposeExtension))
    .mutation(({ ctx, input }) => proposeExtension(ctx, input)),
  decideExtension: procedure
    .input(shape(inputs.DecideProposal))
    .mutation(({ ctx, input }) => decideExtension(ctx, input)),
  reassign: procedure.input(shape(inputs.ReassignStep)).mutation(({ ctx, input }) => reassignStep(ctx, input)),
  recall: procedure.input(shape(inputs.RecallMove)).mutation(({ ctx, input }) => recallMove(ctx, input)),
  delegate: procedure.input(shape(inputs.Delegate)).mutation(({ ctx, input }) => delegate(ctx, input)),
  endDelegation: procedure.input(shape(inputs.EndDelegation)).mutation(({ ctx, input }) => endDelegation(ctx, input)),
  issueControlSlip: procedure.input(shape(inputs.DossierId)).mutation(({ ctx, input }) => issueControlSlip(ctx, input)),
  issueTrackingLog: procedure
    .input(shape(inputs.TrackingLogRange))
    .mutation(({ ctx, input }) => issueTrackingLog(ctx, input)),
  release: procedure.input(shape(inputs.ReleaseStep)).mutation(({ ctx, input }) => releaseStep(ctx, input)),
  addNote: procedure.input(shape(inputs.AddNote)).mutation(({ ctx, input }) => addNote(ctx, input)),
  kind: procedure.input(shape(inputs.DossierId)).query(({ ctx, input }) => getKind(ctx, input)),
  draft: procedure.input(shape(inputs.DossierId)).query(({ ctx, input }) => getDraft(ctx, input)),
  mine: procedure.input(shape(inputs.DossierList)).query(({ ctx, input }) => myDossiers(ctx, input)),
  my: procedure.input(shape(inputs.DossierId)).query(({ ctx, input }) => getMyDossier(ctx, input)),
  openRequest: procedure.input(shape(inputs.DossierId)).query(({ ctx, input }) => getOpenRequest(ctx, input)),
  clock: procedure.input(shape(inputs.DossierId)).query(({ ctx, input }) => getClock(ctx, input)),
  office: procedure.input(shape(inputs.DossierId)).query(({ ctx, input }) => getOfficeDossier(ctx, input)),
  officeList: procedure.input(shape(inputs.DossierList)).query(({ ctx, input }) => officeDossiers(ctx, input)),
  inbox: procedure.input(shape(inputs.Inbox)).query(({ ctx, input }) => inbox(ctx, input)),
  myDelegations: procedure.query(({ ctx }) => myDelegations(ctx, {})),
  late: procedure.input(shape(inputs.LateDossiers)).query(({ ctx, input }) => lateDossiers(ctx, input)),
  trackingLog: procedure.input(shape(inputs.TrackingLogRange)).query(({ ctx, input }) => trackingLog(ctx, input)),
  logAuthorities: procedure.query(({ ctx }) => logAuthorities(ctx, {})),
  supplementFigures: procedure
    .input(shape(inputs.SupplementFigures))
    .query(({ ctx, input }) => supplementFigures(ctx, input)),
  counts: procedure.query(({ ctx }) => inboxCounts(ctx, {})),
  myTeam: procedure.query(({ ctx }) => myTeam(ctx, {})),
  queueViews: procedure.query(({ ctx }) => myQueueViews(ctx, {})),
  saveQueueView: procedure.input(shape(inputs.SaveQueueView)).mutation(({ ctx, input }) => saveQueueView(ctx, input)),
  removeQueueView: procedure
    .input(shape(inputs.RemoveQueueView))
    .mutation(({ ctx, input }) => removeQueueView(ctx, input)),
});
