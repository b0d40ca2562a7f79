export type { AddWebhook } from './webhooks/inputs.ts';
export { webhookKinds } from './webhooks/rules.ts';
