import { z } from 'zod';
import { Id } from '#server/platform/input.ts';
import { RegisterKey } from '#server/registers/inputs.ts';
import { webhookKinds } from './rules.ts';

export const AddWebhook = z.strictObject({
  /** the authority or business it belongs to */
  organisationId: Id,
  url: z.string().trim().min(1, 'errors.field.required').max(500),
  registers: z.array(RegisterKey).min(1, 'exchange.errors.chooseRegister').max(10),
  kinds: z.array(z.enum(webhookKinds)).min(1, 'exchange.errors.chooseKind').max(webhookKinds.length),
});
export type AddWebhook = z.input<typeof AddWebhook>;
export const WebhookRef = z.strictObject({ webhookId: Id });
export const SetWebhookState = z.strictObject({ webhookId: Id, state: z.enum(['active', 'paused', 'removed']) });
export const ReplayDelivery = z.strictObject({ deliveryId: Id });
export const ListDeliveries = z.strictObject({
  webhookId: Id,
  page: z.number().int().min(1).max(10_000).default(1),
});
