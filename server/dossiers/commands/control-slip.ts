import { and, asc, eq, inArray } from 'drizzle-orm';
import { dossierEvents } from '#db/schema/dossiers.ts';
import { peopleById } from '#server/identity/index.ts';
import { command, enqueue, type TxContext } from '#server/platform/index.ts';
import { type TaskRecord, tasksSoFar } from '#server/workflow/index.ts';
import { DossierId } from '../inputs.ts';
import { canReadInternal } from '../policy.ts';
import { type Dossier, lockDossier } from '../records.ts';
import { createSlip } from '../slips.ts';

/** One line of form 05; instants are kept as texts, words as they were on the day. */
interface Handover {
  step: string;
  who: string;
  from: Date;
  due: Date | null;
  to: Date | null;
  verdict: string;
}

/** Form 05: every hand-over of the dossier so far, who had it, from when to when, by which limit, in time or late. */
export const issueControlSlip = command({
  name: 'dossier.issueControlSlip',
  input: DossierId,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: canReadInternal,
  run: async (ctx, _input, dossier) => {
    const handovers = await handoversOf(ctx, dossier);
    const slipId = await createSlip(ctx, dossier, '05', { handovers, dueAt: dossier.dueAt });
    await enqueue(ctx, 'dossiers.print-slips', { dossierId: dossier.id });
    return { slipId };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { slip: result.slipId },
  }),
});

const movesOfTasks = {
  taskReassigned: 'Giao lại',
  taskReleased: 'Trả lại việc',
  moveRecalled: 'Rút lại bước',
} as const;

async function handoversOf(ctx: TxContext, dossier: Dossier): Promise<Handover[]> {
  const tasks = dossier.instanceId ? await tasksSoFar(ctx.tx, dossier.instanceId) : [];
  const moves = await ctx.tx
    .select()
    .from(dossierEvents)
    .where(and(eq(dossierEvents.dossierId, dossier.id), inArray(dossierEvents.kind, Object.keys(movesOfTasks))))
    .orderBy(asc(dossierEvents.id));
  const people = await peopleById(ctx.tx, [
    ...tasks.flatMap((task) => task.completedBy ?? task.assigneeId ?? []),
    ...moves.flatMap((move) => move.actorUserId ?? []),
  ]);
  const nameOf = (id: string | null) => (id ? (people.get(id)?.name ?? '') : '');
  const names = new Map(tasks.map((task) => [task.node, task.name]));
  const rows = [
    ...tasks.map((task): Handover => lineOf(task, nameOf(task.completedBy ?? task.assigneeId), ctx.now())),
    ...moves.map((move): Handover => {
      const to = typeof move.data.to === 'string' ? ` → ${move.data.to}` : '';
      const step = names.get(String(move.data.step)) ?? '';
      const what = movesOfTasks[move.kind as keyof typeof movesOfTasks];
      return {
        step: `${what}: ${step}`,
        who: `${nameOf(move.actorUserId)}${to}`,
        from: move.at,
        due: null,
        to: move.at,
        verdict: '',
      };
    }),
  ];
  return rows.sort((a, b) => a.from.getTime() - b.from.getTime());
}

function lineOf(task: TaskRecord, name: string, now: Date): Handover {
  const applicant = task.role === 'applicant';
  const late = task.dueAt !== null && (task.completedAt ?? now) > task.dueAt;
  const verdict = applicant
    ? 'Không tính'
    : task.status === 'cancelled'
      ? 'Không thực hiện'
      : task.status === 'open'
        ? late
          ? 'Đang làm, trễ hạn'
          : 'Đang làm'
        : late
          ? 'Trễ hạn'
          : 'Đúng hạn';
  const who = applicant ? 'Người nộp' : name || 'Chưa có người nhận';
  return { step: task.name, who, from: task.createdAt, due: task.dueAt, to: task.completedAt, verdict };
}
