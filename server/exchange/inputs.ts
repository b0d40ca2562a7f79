export type { AddWebhook } from './webhooks/inputs.ts';
export { daysBeforeStop, failuresBeforeRest, hoursOfFormerKey, webhookKinds } from './webhooks/rules.ts';
