'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

type Act = (dossierId: string, before: FormState, data: FormData) => Promise<FormState>;
const home = (dossierId: string) => `/office/dossiers/${dossierId}`;

export const decideProposal: Act = async (dossierId, _before, data) =>
  runAction(data, async () => {
    const api = await caller();
    const decision = readText(data, 'approve');
    const approve = (decision === '' ? undefined : decision === 'yes') as boolean;
    const input = { dossierId, approve, reason: readText(data, 'reason') };
    await (readText(data, 'kind') === 'supplement'
      ? api.dossiers.decideSupplement(input)
      : api.dossiers.decideExtension(input));
    await redirectTo(home(dossierId));
  });

export const proposeExtension: Act = async (dossierId, _before, data) =>
  runAction(data, async () => {
    const days = Number(readText(data, 'days').replaceAll(' ', '') || Number.NaN);
    await (await caller()).dossiers.proposeExtension({ dossierId, days, reason: readText(data, 'reason') });
    return (await getTranslations('deadlines.extension'))('done');
  });

export const releaseStep: Act = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.release({ dossierId, reason: readText(data, 'reason') });
    await redirectTo(home(dossierId));
  });

export const reassignStep: Act = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.reassign({
      dossierId,
      toUserId: readText(data, 'toUserId'),
      reason: readText(data, 'reason'),
    });
    await redirectTo(home(dossierId));
  });

export const recallMove: Act = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.recall({ dossierId, reason: readText(data, 'reason') });
    await redirectTo(home(dossierId));
  });

export const issueControlSlip: Act = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.issueControlSlip({ dossierId });
    return (await getTranslations('deadlines.slip'))('controlDone');
  });
