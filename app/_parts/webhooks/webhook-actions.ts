'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readList, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import type { AddWebhook } from '#server/exchange/inputs.ts';

export async function add(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { secret } = await (await caller()).exchange.addWebhook({
      organisationId: readText(data, 'organisationId'),
      url: readText(data, 'url'),
      registers: readList(data, 'registers') as AddWebhook['registers'],
      kinds: readList(data, 'kinds') as AddWebhook['kinds'],
    });
    return (await getTranslations('exchange.webhooks'))('added', { secret });
  });
}

export async function ping(base: string, webhookId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).exchange.pingWebhook({ webhookId });
    await redirectTo(`${base}/${webhookId}?done=pinged`);
  });
}

export async function setState(
  base: string,
  webhookId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const asked = readText(data, 'state');
    const state = asked === 'removed' || asked === 'paused' ? asked : 'active';
    await (await caller()).exchange.setWebhookState({ webhookId, state });
    await redirectTo(state === 'removed' ? `${base}?done=removed` : `${base}/${webhookId}?done=${state}`);
  });
}

export async function replay(
  base: string,
  webhookId: string,
  deliveryId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).exchange.replayDelivery({ deliveryId });
    await redirectTo(`${base}/${webhookId}?done=replayed`);
  });
}

export async function tryNow(base: string, webhookId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).exchange.tryWebhook({ webhookId });
    await redirectTo(`${base}/${webhookId}?done=trying`);
  });
}

export async function rotate(webhookId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { secret } = await (await caller()).exchange.rotateSecret({ webhookId });
    return (await getTranslations('exchange.webhooks'))('rotated', { secret });
  });
}
