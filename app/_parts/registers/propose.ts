import type { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readList, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import type { RegisterKey } from '#server/registers/inputs.ts';
import type { ChangeKind } from '#server/registers/rules.ts';

/** The texts of the entry's fields; a group of ticks says with `.shown` that it was asked for. */
function textsIn(data: FormData): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const key of new Set(data.keys())) {
    if (!key.startsWith('texts.')) continue;
    const name = key.slice('texts.'.length).replace(/\.shown$/, '');
    texts[name] = key.endsWith('.shown')
      ? readList(data, `texts.${name}`).join('; ')
      : (texts[name] ?? readText(data, key));
  }
  return texts;
}

/** Sends what a `ProposalForm` asks for and leads to the desk. */
export async function proposeFrom(
  api: Awaited<ReturnType<typeof caller>>,
  register: RegisterKey,
  entry: { id: string; version: number } | null,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const kind = entry ? (readText(data, 'kind') as ChangeKind) : 'add';
    const mergeInto = readText(data, 'mergeInto').split('/').at(-1);
    await api.registers.propose({
      register,
      kind,
      entryId: entry?.id ?? null,
      version: entry?.version ?? null,
      texts: kind === 'close' || kind === 'reopen' || kind === 'merge' ? {} : textsIn(data),
      mergeInto: kind === 'merge' ? mergeInto || null : null,
      validFrom: readDate(data, 'validFrom'),
      validTo: readDate(data, 'validTo') || null,
      reason: readText(data, 'reason'),
      decisionNumber: readText(data, 'decisionNumber'),
    });
    await redirectTo('/office/registers?done=proposed');
  });
}
