'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction, sayError } from '#app/_ui/action-state.ts';
import { readList, readText } from '#app/_ui/form-values.ts';
import type { FormState, ItemResult } from '#app/_ui/types.ts';
import type { InboxScope } from '#server/dossiers/inputs.ts';
import { AppError, appErrorIn } from '#server/platform/errors.ts';
import { queueHref, readQueueSearch } from './queue-search.ts';

/** As many as a page of the queue shows. */
const atMost = 100;

/** One act on every ticked row, one after the other; what one row refuses does not hold up the next. */
export const bulk = async (_before: FormState, data: FormData): Promise<FormState> =>
  runAction(data, async () => {
    const act = readText(data, 'act') === 'release' ? 'release' : 'claim';
    const chosen = [...new Set(readList(data, 'dossier'))].slice(0, atMost);
    if (chosen.length === 0) throw new AppError('invalidInput', 'queue.errors.noneChosen');
    const [api, say, t] = await Promise.all([caller(), sayError(), getTranslations('queue.bulk')]);
    const results: ItemResult[] = [];
    for (const dossierId of chosen) {
      const name = readText(data, `name.${dossierId}`) || dossierId;
      try {
        await api.dossiers[act]({ dossierId });
        results.push({ id: dossierId, name, done: true, message: t(`done.${act}`) });
      } catch (error) {
        const known = appErrorIn(error);
        if (!known || known.code === 'unauthenticated') throw error;
        const { reason, details } = known;
        const said = say({ path: '', reason, ...(details.values ? { values: details.values } : {}) });
        results.push({ id: dossierId, name, done: false, message: said.message });
      }
    }
    const done = results.filter((result) => result.done).length;
    return { notice: t('summary', { done, refused: results.length - done }), results };
  });

/** Keeps the queue as it is narrowed now under a name. */
export const saveView = async (scope: InboxScope, address: string, _before: FormState, data: FormData) =>
  runAction(data, async () => {
    const { filters } = readQueueSearch(Object.fromEntries(new URLSearchParams(address)));
    const shared = readText(data, 'shared') === 'on';
    await (await caller()).dossiers.saveQueueView({ name: readText(data, 'name'), scope, filters, shared });
    await redirectTo(queueHref(scope, { filters }));
  });

export const removeView = async (viewId: string, _before: FormState, data: FormData) =>
  runAction(data, async () => {
    await (await caller()).dossiers.removeQueueView({ viewId });
  });
