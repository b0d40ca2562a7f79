import { onPaymentSettled, registerPaymentSubject } from '#server/payments/index.ts';
import { reader } from '#server/platform/index.ts';
import { correlateMessage } from '#server/workflow/index.ts';
import { canReadDossier } from './policy.ts';
import { findDossier, lockDossier } from './records.ts';
import { tellApplicant } from './tell-applicant.ts';
import { addToTimeline } from './timeline.ts';

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
