/** What people, the bank, the worker and time can do to one dossier: the moves random histories are made of. */
import { eq } from 'drizzle-orm';
import { paymentIntents } from '#db/schema/payments.ts';
import { receiveBankCallback } from '#server/payments/index.ts';
import { aCallback } from '#server/payments/testing/rows.ts';
import { systemActor } from '#server/platform/index.ts';
import { saveRequestAnswer, sendRequestAnswer } from '../commands/answer-request.ts';
import { assessDossier } from '../commands/assess-dossier.ts';
import { decideSupplement } from '../commands/decide-supplement.ts';
import { decideExtension, proposeExtension } from '../commands/extension.ts';
import { reassignStep } from '../commands/hand-over.ts';
import { recallMove } from '../commands/recall-move.ts';
import { receiveDossier, refuseReceipt } from '../commands/receive-dossier.ts';
import { releaseStep } from '../commands/release-step.ts';
import { collectResult, initialResult, proposeResult, returnResult, signResult } from '../commands/results.ts';
import { returnUnsealed } from '../commands/return-unsealed.ts';
import { addNote, claimStep, rateDossier, withdrawDossier } from '../commands/small-acts.ts';
import { findOpenRequest, findResult, getDossier } from '../records.ts';
import { assess, checklist, draft, file, issue, plan, toSign, visit } from './journey.ts';
import { pin, type World } from './world.ts';

export interface Verb {
  name: string;
  /** nodes of the diagram at which it is the thing to do; others may still try */
  at: string[];
  /** what it returns was acknowledged, and must be found in the database afterwards */
  play: (world: World, dossierId: string) => Promise<unknown>;
}

const note = 'Bổ sung theo yêu cầu.';

async function answer(world: World, dossierId: string): Promise<unknown> {
  const request = await findOpenRequest(world.db, dossierId);
  const replies = Object.fromEntries((request?.items ?? []).map((item) => [item.target, 'Đã khắc phục.']));
  const values = { 'facility.name': `Nhà thuốc Minh Châu ${request?.ordinal ?? 0}` };
  await saveRequestAnswer(world.as('owner'), { dossierId, values, replies });
  return sendRequestAnswer(world.as('partner'), { dossierId });
}

/** What whoever signs has seen; before there is anything to see, something made up. */
const seen = async (world: World, dossierId: string) =>
  (await findResult(world.db, dossierId)) ? toSign(world, dossierId) : { dossierId, pin, sha256: '0'.repeat(64) };

/** The bank tells of one and the same transfer, as often as it likes. */
async function payOnce(world: World, dossierId: string): Promise<unknown> {
  const [intent] = await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, dossierId));
  if (!intent) return undefined;
  const bank = world.asActor(systemActor('bank'));
  return receiveBankCallback(bank, await aCallback(bank, intent, { eventId: `transfer-${dossierId}` }));
}

export const verbs: Verb[] = [
  { name: 'file', at: ['draft'], play: file },
  { name: 'pay', at: ['await-payment'], play: payOnce },
  { name: 'receive', at: ['receive'], play: (w, dossierId) => receiveDossier(w.as('oneStop'), { dossierId }) },
  {
    name: 'refuse at receipt',
    at: [],
    play: (w, dossierId) =>
      refuseReceipt(w.as('oneStop'), { dossierId, reason: 'papers-invalid', explanation: 'Giấy tờ không hợp lệ.' }),
  },
  { name: 'assess', at: ['assess'], play: (w, id) => assess(w, id) },
  { name: 'assess: reject', at: ['assess'], play: (w, id) => assess(w, id, 'reject') },
  {
    name: 'ask for a supplement',
    at: ['assess'],
    play: (w, dossierId) =>
      assessDossier(w.as('officer'), {
        dossierId,
        checklist,
        opinion: 'Cần bổ sung.',
        outcome: 'supplement',
        items: [{ target: 'facility.name', kind: 'field', note, legalGround: 'Luật Dược' }],
        // a further one goes to the leader with its reason
        reason: 'Tên vẫn trùng.',
      }),
  },
  ...[true, false].map((approve) => ({
    name: approve ? 'approve the supplement' : 'decline the supplement',
    at: ['approve-supplement'],
    play: (w: World, dossierId: string) =>
      decideSupplement(w.as('leader'), { dossierId, approve, reason: 'Đã xem xét.' }),
  })),
  {
    name: 'take the last move back',
    at: [],
    play: (w, dossierId) => recallMove(w.as('officer'), { dossierId, reason: 'Bấm nhầm.' }),
  },
  {
    name: 'propose a new appointment',
    at: [],
    play: (w, dossierId) => proposeExtension(w.as('officer'), { dossierId, days: 5, reason: 'Ngập lụt.' }),
  },
  {
    name: 'give the new appointment',
    at: [],
    play: (w, dossierId) => decideExtension(w.as('leader'), { dossierId, approve: true, reason: 'Đồng ý.' }),
  },
  {
    name: 'reassign',
    at: [],
    play: (w, dossierId) =>
      reassignStep(w.as('head'), { dossierId, toUserId: w.id('officer'), reason: 'Cân đối công việc.' }),
  },
  { name: 'answer', at: ['answer-supplement', 'correct-findings'], play: answer },
  { name: 'plan the visit', at: ['plan-inspection'], play: plan },
  { name: 'visit: pass', at: ['inspect', 'recheck'], play: (w, id) => visit(w, id) },
  { name: 'visit: correct', at: ['inspect'], play: (w, id) => visit(w, id, 'correct') },
  { name: 'visit: fail', at: [], play: (w, id) => visit(w, id, 'fail') },
  { name: 'draft', at: ['draft-result'], play: (w, id) => draft(w, id) },
  { name: 'draft a refusal', at: ['draft-result'], play: (w, id) => draft(w, id, 'refusal') },
  { name: 'propose', at: ['draft-result'], play: (w, dossierId) => proposeResult(w.as('officer'), { dossierId }) },
  { name: 'initial', at: ['initial'], play: async (w, id) => initialResult(w.as('head'), await seen(w, id)) },
  { name: 'sign', at: ['approve'], play: async (w, id) => signResult(w.as('leader'), await seen(w, id)) },
  {
    name: 'return the draft',
    at: [],
    play: (w, dossierId) => returnResult(w.as('leader'), { dossierId, comment: 'Viết lại phần căn cứ.' }),
  },
  {
    name: 'return unsealed',
    at: [],
    play: (w, dossierId) => returnUnsealed(w.as('clerk'), { dossierId, comment: 'Không đóng dấu.' }),
  },
  { name: 'issue', at: ['issue'], play: issue },
  { name: 'collect', at: ['collect'], play: (w, dossierId) => collectResult(w.as('owner'), { dossierId }) },
  { name: 'rate', at: [], play: (w, dossierId) => rateDossier(w.as('owner'), { dossierId, score: 'satisfied' }) },
  {
    name: 'withdraw',
    at: [],
    play: (w, dossierId) => withdrawDossier(w.as('owner'), { dossierId, reason: 'Đổi ý.', confirmed: true }),
  },
  { name: 'note', at: [], play: (w, dossierId) => addNote(w.as('officer'), { dossierId, text: 'Đã gọi điện.' }) },
  { name: 'claim', at: [], play: (w, dossierId) => claimStep(w.as('officer'), { dossierId }) },
  { name: 'give back', at: [], play: (w, dossierId) => releaseStep(w.as('officer'), { dossierId }) },
  { name: 'the worker', at: ['job'], play: (w) => w.work() },
  {
    name: 'time runs out',
    at: [],
    play: async (w, dossierId) => {
      const { instanceId } = await getDossier(w.db, dossierId);
      const request = await findOpenRequest(w.db, dossierId);
      if (instanceId && request) await w.fireTimers(instanceId, new Date(request.answerDueAt.getTime() + 60_000));
    },
  },
];
