import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { paymentIntents } from '#db/schema/payments.ts';
import { aCallback } from '#server/payments/testing/rows.ts';
import { newContext, newId, now, systemActor } from '#server/platform/index.ts';
import { type Answer, NoAnswer, type Person } from './person.ts';
import type { Service } from './service.ts';

/** One line of the log that people who were answered would keep. */
export interface Done {
  what: 'filed' | 'paid' | 'received';
  dossierId: string;
  /** what was acknowledged; undefined when the answer was lost and a repeat found it done */
  answer?: string;
  tries: number;
  fault?: string;
}

const patience = 120_000;

/** Asks again until the door answers, as people do who see an error page. */
export async function insist<T>(attempt: () => Promise<T>): Promise<{ value: T; tries: number }> {
  const began = Date.now();
  for (let tries = 1; ; tries += 1) {
    try {
      return { value: await attempt(), tries };
    } catch (error) {
      if (!isOutage(error) || Date.now() - began > patience) throw error;
      await sleep(150);
    }
  }
}

/** No answer of the web servers, or of the database to the drill itself. */
function isOutage(error: unknown): boolean {
  if (error instanceof NoAnswer) return true;
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return /^(CONNECTION_|ECONN|53|57P0|08)/.test(cause?.code ?? code ?? '');
}

const refusedAs = (answer: Answer<unknown>): string =>
  answer.ok ? '' : `refused with ${answer.status} ${answer.reason}`;

export async function file(person: Person, dossierId: string): Promise<Done> {
  const { value, tries } = await insist(() =>
    person.call<{ code: string }>('dossiers.file', { dossierId, submissionKey: `key-${dossierId}`, declared: true }),
  );
  const done: Done = { what: 'filed', dossierId, tries };
  return value.ok
    ? { ...done, answer: value.data.code }
    : { ...done, fault: `filing ${dossierId}: ${refusedAs(value)}` };
}

/** The bank tells of the transfer until it hears 200, always of the same one. */
export async function pay(service: Service, bank: Person, dossierId: string): Promise<Done> {
  const eventId = newId();
  const { value, tries } = await insist(async () => {
    const [intent] = await service.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, dossierId));
    const notice = await aCallback(newContext(service.db, systemActor('bank'), now), intent!, { eventId });
    const { response, text } = await bank.send('/api/webhooks/bank', {
      method: 'POST',
      headers: { 'x-bank-timestamp': notice.timestamp, 'x-bank-signature': notice.signature },
      body: notice.rawBody,
    });
    if (response.status !== 200) throw new NoAnswer(`webhook: ${response.status} ${text.slice(0, 100)}`);
    return (JSON.parse(text) as { outcome: string }).outcome;
  });
  const done: Done = { what: 'paid', dossierId, tries, answer: value };
  return value === 'settled' ? done : { ...done, fault: `paying ${dossierId}: ${value}` };
}

/** The one-stop officer receives. A repeat after a lost answer may hear that it was done. */
export async function receive(officer: Person, dossierId: string): Promise<Done> {
  const { value, tries } = await insist(() => officer.call<{ dueAt: Date }>('dossiers.receive', { dossierId }));
  const done: Done = { what: 'received', dossierId, tries };
  if (value.ok) return { ...done, answer: String(value.data.dueAt) };
  const doneBefore = tries > 1 && value.reason === 'dossiers.errors.movedOn';
  return doneBefore ? done : { ...done, fault: `receiving ${dossierId}: ${refusedAs(value)}` };
}
