import type { Tone } from '#app/_ui/types.ts';
import type { DossierStateName } from '#server/dossiers/rules.ts';

/** The shape and colour beside the name of a dossier's state. */
export function toneOfState(state: DossierStateName): Tone {
  switch (state) {
    case 'returned':
    case 'processed':
      return 'ok';
    case 'awaitingSupplement':
    case 'awaitingPayment':
      return 'wait';
    case 'refusedAtReceipt':
    case 'stopped':
      return 'late';
    case 'draft':
    case 'withdrawn':
      return 'plain';
    default:
      return 'info';
  }
}
