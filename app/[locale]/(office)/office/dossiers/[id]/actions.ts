'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { withInputNames } from '#app/_server/rename-fields.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readList, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

type Step = (dossierId: string, before: FormState, data: FormData) => Promise<FormState>;
const home = (dossierId: string) => `/office/dossiers/${dossierId}`;

/** A checklist as the form sends it: `check.<key>` with the outcome and `check.<key>.note`; labels come with the form. */
function checklistOf(data: FormData) {
  return readList(data, 'check').map((key) => {
    const note = readText(data, `check.${key}.note`);
    return {
      key,
      label: readText(data, `check.${key}.label`),
      outcome: readText(data, `check.${key}`) as 'met',
      ...(note ? { note } : {}),
    };
  });
}

/** The input a faulty entry of a list was typed into. */
const inputOf =
  (data: FormData) =>
  (path: string): string => {
    const [list, index, field] = path.split('.');
    const check = readList(data, 'check')[Number(index)];
    const item = readList(data, 'item')[Number(index)];
    if (list === 'checklist' && check) return field === 'note' ? `check.${check}.note` : `check.${check}`;
    if (list === 'items' && item) return field === 'legalGround' ? `ground.${item}` : `note.${item}`;
    return list === 'team' ? 'lead' : list === 'items' ? 'outcome' : path;
  };

export const receive: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.receive({ dossierId });
    await redirectTo(home(dossierId));
  });

export const refuseReceipt: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    const reason = readText(data, 'reason') as 'other';
    await (await caller()).dossiers.refuseReceipt({ dossierId, reason, explanation: readText(data, 'explanation') });
    await redirectTo(home(dossierId));
  });

export const claim: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.claim({ dossierId });
  });

export const addNote: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.addNote({ dossierId, text: readText(data, 'text') });
    return (await getTranslations('dossiers.office'))('noteAdded');
  });

export const assess: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    const items = readList(data, 'item').map((item) => {
      const [kind, target] = [item.slice(0, item.indexOf(':')), item.slice(item.indexOf(':') + 1)];
      const legalGround = readText(data, `ground.${item}`);
      return {
        kind: kind as 'field',
        target: target,
        note: readText(data, `note.${item}`),
        ...(legalGround ? { legalGround } : {}),
      };
    });
    const outcome = readText(data, 'outcome') as 'inspect';
    await withInputNames(inputOf(data), async () =>
      (await caller()).dossiers.assess({
        dossierId,
        checklist: checklistOf(data),
        opinion: readText(data, 'opinion'),
        outcome,
        reason: readText(data, 'reason'),
        items: outcome === ('supplement' as string) ? items : [],
      }),
    );
    await redirectTo(home(dossierId));
  });

export const planInspection: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    const lead = readText(data, 'lead');
    const secretary = readText(data, 'secretary');
    const members = readList(data, 'members').filter((userId) => userId !== lead && userId !== secretary);
    await withInputNames(inputOf(data), async () =>
      (await caller()).dossiers.planInspection({
        dossierId,
        scheduledOn: readDate(data, 'scheduledOn'),
        place: readText(data, 'place'),
        team: [
          ...(lead ? [{ userId: lead, role: 'lead' as const }] : []),
          ...(secretary ? [{ userId: secretary, role: 'secretary' as const }] : []),
          ...members.map((userId) => ({ userId, role: 'member' as const })),
        ],
      }),
    );
    await redirectTo(home(dossierId));
  });

export const recordInspection: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    const findings = readText(data, 'findings')
      .split('\n')
      .map((text) => text.trim())
      .filter(Boolean)
      .map((text, index) => ({ key: `f${index + 1}`, text }));
    await withInputNames(inputOf(data), async () =>
      (await caller()).dossiers.recordInspection({
        dossierId,
        presentParty: readText(data, 'presentParty'),
        checklist: checklistOf(data),
        findings,
        conclusion: readText(data, 'conclusion'),
        outcome: readText(data, 'outcome') as 'pass',
      }),
    );
    await redirectTo(home(dossierId));
  });

export const draftResult: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.draftResult({
      dossierId,
      kind: readText(data, 'kind') as 'certificate',
      text: readText(data, 'text'),
      signerId: readText(data, 'signerId'),
      validTo: readDate(data, 'validTo') || null,
    });
    return (await getTranslations('dossiers.office'))('drafted');
  });

export const proposeResult: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.proposeResult({ dossierId });
    await redirectTo(home(dossierId));
  });

export const signResult: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    const api = await caller();
    const input = { dossierId, pin: readText(data, 'pin'), sha256: readText(data, 'sha256') };
    await (readText(data, 'step') === 'initial' ? api.dossiers.initialResult(input) : api.dossiers.signResult(input));
    await redirectTo(home(dossierId));
  });

export const returnResult: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.returnResult({ dossierId, comment: readText(data, 'comment') });
    await redirectTo(home(dossierId));
  });

export const returnUnsealed: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.returnUnsealed({ dossierId, comment: readText(data, 'comment') });
    await redirectTo(home(dossierId));
  });

export const issueResult: Step = async (dossierId, _before, data) =>
  runAction(data, async () => {
    await (await caller()).dossiers.issueResult({ dossierId, pin: readText(data, 'pin') });
    await redirectTo(home(dossierId));
  });
