'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { NotKept } from '#app/_parts/autosave.tsx';
import { caller } from '#app/_server/caller.ts';
import { changeRows } from '#app/_server/change-rows.ts';
import { redirectTo, runAction, sayError } from '#app/_ui/action-state.ts';
import { readText, valuesOf } from '#app/_ui/form-values.ts';
import { baseField } from '#app/_ui/page-base-field.ts';
import type { FormState } from '#app/_ui/types.ts';
import { now } from '#server/platform/clock.ts';
import { AppError, appErrorIn, type FieldError } from '#server/platform/errors.ts';

const home = (dossierId: string) => `/my/dossiers/${dossierId}`;

/** What was typed has been kept; this only says what is wrong with it. An answer may have opened a question: the page is drawn anew. */
function name(errors: FieldError[]): void {
  if (errors.length === 0) return;
  revalidatePath('/', 'layout');
  throw new AppError('invalidInput', 'errors.invalidInput', { fields: errors });
}

/** When the page was opened, from its hidden field: what others changed since is then shown and not overwritten. */
function baseOf(data: FormData): { base?: { version: number; formId: string } } {
  const [, version, formId] = /^(\d{1,9})\.([0-9a-f-]{36})$/.exec(readText(data, baseField)) ?? [];
  return version && formId ? { base: { version: Number(version), formId } } : {};
}

/** Puts in what was chosen where two people had changed the same answer; what has changed yet again is shown again. */
export async function resolveConflicts(
  { dossierId, pageId, back }: { dossierId: string; pageId: string; back: string | null },
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const choices = Object.fromEntries(
      Object.entries(valuesOf(data)).flatMap(([key, value]) =>
        key.startsWith('choice.') && (value === 'mine' || value === 'theirs') ? [[key.slice(7), value]] : [],
      ),
    ) as Record<string, 'mine' | 'theirs'>;
    const { open } = await (await caller()).dossiers.resolveConflicts({ dossierId, pageId, choices });
    const query = back ? `?back=${back}` : '';
    const page = `${home(dossierId)}/questions/${pageId}`;
    await redirectTo(open.length > 0 ? `${page}/conflict${query}` : `${page}${query}`);
  });
}

/** Keeps a page of the form and goes on: to the next question, or back to where a change was asked for. */
export async function savePage(
  { dossierId, pageId, back }: { dossierId: string; pageId: string; back: string | null },
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const api = await caller();
    const change = readText(data, 'change');
    if (change) {
      const { values, rows } = changeRows(valuesOf(data), readText(data, 'repeat'), change);
      await api.dossiers.savePage({ dossierId, pageId, values, mode: 'autosave', ...baseOf(data) });
      await redirectTo(`${home(dossierId)}/questions/${pageId}?rows=${rows}${back ? `&back=${back}` : ''}`);
    }
    const { errors, nextPageId, conflicts } = await api.dossiers.savePage({
      dossierId,
      pageId,
      values: valuesOf(data),
      mode: 'continue',
      ...baseOf(data),
    });
    if (conflicts.length > 0) {
      const query = back ? `?back=${back}` : '';
      await redirectTo(`${home(dossierId)}/questions/${pageId}/conflict${query}`);
    }
    name(errors);
    await redirectTo(`${home(dossierId)}${back === 'check' ? '/check' : nextPageId ? `/questions/${nextPageId}` : ''}`);
  });
}

/** Keeps what has been typed so far, without judging it. */
export async function autosavePage(
  dossierId: string,
  pageId: string,
  data: FormData,
): Promise<{ savedAt: Date; conflict: boolean } | NotKept> {
  try {
    const { savedAt, conflicts } = await (await caller()).dossiers.savePage({
      dossierId,
      pageId,
      values: valuesOf(data),
      mode: 'autosave',
      ...baseOf(data),
    });
    return { savedAt, conflict: conflicts.length > 0 };
  } catch (error) {
    return notKept(error);
  }
}

export async function removePaper(
  { dossierId, paperId }: { dossierId: string; paperId: string },
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.removePaper({ dossierId, paperId });
  });
}

/** Hands in a paper of the vault, or an issued certificate, without uploading it again. */
export async function reusePaper(
  source: { dossierId: string; paperKey: string; from: 'vault' | 'certificate'; sourceId: string },
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.reusePaper(source);
  });
}

/** Forgets a file that came in part. */
export async function cancelUpload(uploadId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.cancelUpload({ uploadId });
  });
}

export async function fileDossier(dossierId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const declared = (readText(data, 'declared') === 'yes') as true;
    const submissionKey = readText(data, 'submissionKey');
    const contentDigest = readText(data, 'contentDigest') || undefined;
    await (await caller()).dossiers.file({ dossierId, submissionKey, contentDigest, declared });
    await redirectTo(`${home(dossierId)}/filed`);
  });
}

/** What the form of a request sends: answers to questions, and under `reply.` what was done about each finding. */
function requestAnswerOf(data: FormData) {
  const values = valuesOf(data);
  const replies = Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (key.startsWith('reply.') ? [[key.slice(6), String(value)]] : [])),
  );
  return { values, replies };
}

/** Keeps an answer in the making: a paper is uploaded in between, and the page comes anew. */
export async function autosaveRequest(dossierId: string, data: FormData): Promise<{ savedAt: Date } | NotKept> {
  try {
    const api = await caller();
    await api.dossiers.saveRequestAnswer({ dossierId, ...requestAnswerOf(data), mode: 'autosave' });
    return { savedAt: now() };
  } catch (error) {
    return notKept(error);
  }
}

/** A dossier that has moved on says so; of anything else the page says that the line may be at fault. */
async function notKept(error: unknown): Promise<NotKept> {
  const known = appErrorIn(error);
  return known?.code === 'invalidState'
    ? { failed: true, why: (await sayError())({ path: '', reason: known.reason }).message }
    : { failed: true };
}

/** Keeps the answer to a request; with `send` it goes to the authority. */
export async function answerRequest(dossierId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const api = await caller();
    const { values, replies } = requestAnswerOf(data);
    const send = readText(data, 'intent') === 'send';
    const { errors } = await api.dossiers.saveRequestAnswer({
      dossierId,
      values,
      replies,
      mode: send ? 'continue' : 'autosave',
    });
    name(errors.map((error) => (`reply.${error.path}` in values ? { ...error, path: `reply.${error.path}` } : error)));
    if (!send) return (await getTranslations('dossiers.request'))('saved');
    await api.dossiers.sendRequestAnswer({ dossierId });
    await redirectTo(home(dossierId));
  });
}

export async function collectResult(dossierId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.collectResult({ dossierId });
  });
}

export async function rateDossier(dossierId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.rate({
      dossierId,
      score: readText(data, 'score') as 'satisfied',
      comment: readText(data, 'comment'),
    });
  });
}

export async function withdrawDossier(dossierId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const confirmed = (readText(data, 'confirmed') === 'on') as true;
    await (await caller()).dossiers.withdraw({ dossierId, reason: readText(data, 'reason'), confirmed });
    await redirectTo(home(dossierId));
  });
}
