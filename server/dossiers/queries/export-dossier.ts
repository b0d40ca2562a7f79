import { eq } from 'drizzle-orm';
import { dossierResults } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { paymentsOfSubject } from '#server/payments/index.ts';
import { query } from '#server/platform/index.ts';
import {
  formatAnswer,
  getAt,
  getVersion,
  type JsonObject,
  patternOf,
  visibleFields,
  visiblePages,
} from '#server/procedures/index.ts';
import { getDocument } from '#server/signatures/index.ts';
import { DossierId } from '../inputs.ts';
import { placeNamesIn } from '../place-names.ts';
import { canReadDossier, isApplicant } from '../policy.ts';
import { getDossier, papersOf, slipsOf } from '../records.ts';
import { type TimelineEntry, viewOf } from './dossier-view.ts';

export interface ExportedFile {
  /** path inside a bundle, without extension */
  path: string;
  fileId: string;
}

/** Everything of a dossier that its reader may keep: the applicant nothing internal, officials all but answers not yet sent. */
export interface ExportedDossier {
  id: string;
  side: 'applicant' | 'office';
  code: string;
  title: string;
  procedure: string;
  authority: string;
  applicant: string;
  state: string;
  filedAt: Date;
  answers: JsonObject;
  pages: { title: string; rows: { question: string; answer: string }[] }[];
  timeline: TimelineEntry[];
  files: ExportedFile[];
  /** of which the audit log speaks */
  subjects: { type: string; id: string }[];
}

/** What goes into the bundle of a filed dossier. */
export const exportDossier = query({
  input: DossierId,
  load: (db, { dossierId }) => getDossier(db, dossierId),
  allow: (actor, dossier) =>
    dossier.state === 0
      ? { allowed: false, reason: 'dossiers.errors.notFiled', hidden: true }
      : canReadDossier(actor, dossier),
  view: async (ctx, dossier): Promise<ExportedDossier> => {
    const db = ctx.db;
    // whoever filed it reads it as its applicant, also an official
    const office = ctx.actor.kind === 'person' && !isApplicant(ctx.actor, dossier);
    const version = await getVersion(db, dossier.procedureVersionId);
    const [view, papers, slips, results, payments] = await Promise.all([
      viewOf(ctx, dossier, office),
      papersOf(db, dossier.id),
      slipsOf(db, dossier.id),
      db.select().from(dossierResults).where(eq(dossierResults.dossierId, dossier.id)),
      paymentsOfSubject(ctx, { subjectType: 'dossier', subjectId: dossier.id }),
    ]);
    const answers = dossier.answers as JsonObject;
    const places = await placeNamesIn(db, version.form, answers, localDate(dossier.filedAt!));
    const files: ExportedFile[] = [];
    for (const paper of papers.filter((each) => !office || each.pendingRequestId === null))
      files.push({ path: `papers/${paper.paperKey}${paper.replacedAt ? '-replaced' : ''}`, fileId: paper.fileId });
    for (const slip of slips.filter((each) => each.fileId !== null))
      files.push({ path: `slips/slip-${slip.form}-${slip.number}`, fileId: slip.fileId! });
    const documents: string[] = [];
    for (const result of results.filter((each) => !each.withdrawn && (office || each.deliveredAt !== null))) {
      const document = await getDocument(db, result.documentId);
      documents.push(document.id);
      if (document.state === 'issued') files.push({ path: `decisions/${result.kind}`, fileId: document.currentFileId });
    }
    for (const payment of payments)
      if (payment.receiptFileId) files.push({ path: 'receipts/receipt', fileId: payment.receiptFileId });
    for (const { attachments } of view.timeline)
      for (const { fileId } of attachments) files.push({ path: 'messages/attachment', fileId });
    return {
      id: dossier.id,
      side: office ? 'office' : 'applicant',
      code: view.code,
      title: view.title,
      procedure: view.procedureTitle.vi,
      authority: view.authorityName,
      applicant: view.applicantName,
      state: view.state,
      filedAt: view.filedAt,
      answers,
      pages: visiblePages(version.form, answers).map((page) => ({
        title: page.title.vi,
        rows: visibleFields(version.form, page, answers).map((path) => {
          const field = version.form.fields[patternOf(path)]!;
          return {
            question: field.label.vi,
            answer: formatAnswer(field, getAt(answers, path), 'vi', (control, code) => places[`${control}:${code}`]),
          };
        }),
      })),
      timeline: view.timeline,
      files,
      subjects: [
        { type: 'dossier', id: dossier.id },
        ...documents.map((id) => ({ type: 'document', id })),
        ...payments.flatMap((payment) => [
          { type: 'payment', id: payment.id },
          ...payment.refunds.map((refund) => ({ type: 'refund', id: refund.id })),
        ]),
      ],
    };
  },
});
