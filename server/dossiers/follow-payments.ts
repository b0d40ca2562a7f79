import {
  everythingGoesBack,
  type MoneyEvent,
  onMoneyMoved,
  onPaymentSettled,
  registerPaymentSubject,
} from '#server/payments/index.ts';
import { reader } from '#server/platform/index.ts';
import { getVersion } from '#server/procedures/index.ts';
import { correlateMessage } from '#server/workflow/index.ts';
import { canReadDossier } from './policy.ts';
import { findDossier, getDossier, lockDossier } from './records.ts';
import { tellApplicant } from './tell-applicant.ts';
import { addToTimeline, type TimelineKind } from './timeline.ts';

const timelineOf: Record<MoneyEvent['kind'], TimelineKind> = {
  held: 'moneyHeld',
  refundProposed: 'refundProposed',
  refundApproved: 'refundApproved',
  refundDeclined: 'refundDeclined',
  refundSent: 'refundSent',
};
/** What the payer is written to about; the steps between stand on the timeline. */
const notices = {
  held: 'money-held',
  refundProposed: null,
  refundApproved: null,
  refundDeclined: 'refund-declined',
  refundSent: 'refund-sent',
} as const;

/** The fee of a dossier: who sees it, where it is shown, and what its settlement sets in motion. */
export function followPayments(): void {
  registerPaymentSubject('dossier', {
    canSee: async (ctx, dossierId) => {
      const dossier = await findDossier(reader(ctx), dossierId);
      return dossier !== null && canReadDossier(ctx.actor, dossier).allowed;
    },
    lock: async (ctx, dossierId) => {
      await lockDossier(ctx, dossierId);
    },
    href: (dossierId) => `/my/dossiers/${dossierId}`,
    refundRule: async (ctx, dossierId) => {
      const { procedureVersionId } = await getDossier(ctx.tx, dossierId);
      return (await getVersion(ctx.tx, procedureVersionId)).definition.refunds ?? everythingGoesBack;
    },
  });
  onMoneyMoved('dossiers', async (ctx, intent, event) => {
    if (intent.subjectType !== 'dossier') return;
    const dossier = await lockDossier(ctx, intent.subjectId);
    await addToTimeline(ctx, dossier.id, timelineOf[event.kind], { data: { amount: event.amount } });
    const notice = notices[event.kind];
    if (notice) await tellApplicant(ctx, dossier, notice, { amount: event.amount }, event.id);
  });
  onPaymentSettled('dossiers', async (ctx, intent) => {
    if (intent.subjectType !== 'dossier') return;
    const dossier = await lockDossier(ctx, intent.subjectId);
    await addToTimeline(ctx, dossier.id, 'paymentSettled', {
      data: { amount: intent.amount, reference: intent.reference },
    });
    await correlateMessage(ctx, {
      name: 'payment-settled',
      correlationKey: dossier.id,
      messageId: `payment:${intent.id}`,
      variables: {},
    });
    await tellApplicant(ctx, dossier, 'payment-settled', { amount: intent.amount }, intent.id);
  });
}
