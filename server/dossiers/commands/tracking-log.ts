import { trackingLogs } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { postOf } from '#server/identity/index.ts';
import { AppError, command, newId, nextNumber, nothing, type Person, storeFile } from '#server/platform/index.ts';
import vi from '../../../messages/vi/dossiers.json' with { type: 'json' };
import { TrackingLogRange } from '../inputs.ts';
import { canReadTrackingLog } from '../policy.ts';
import { logContent, logLength, longestLog, renderLog } from '../tracking-log.ts';

/** Form 06: the log of the dossiers received on some days, numbered and kept as it was printed. */
export const issueTrackingLog = command({
  name: 'dossier.issueTrackingLog',
  input: TrackingLogRange,
  load: nothing,
  allow: (actor, _nothing, input) => canReadTrackingLog(actor, input.organisationId),
  run: async (ctx, input) => {
    if ((await logLength(ctx.tx, input)) > longestLog)
      throw new AppError('limit', 'deadlines.errors.logTooLong', { values: { maximum: longestLog } });
    const issuedAt = ctx.now();
    const issuedBy = (ctx.actor as Person).userId;
    const year = Number(localDate(issuedAt).slice(0, 4));
    const { organisationId: authorityId, fromOn, toOn } = input;
    const number = await nextNumber(ctx, 'tracking-log', `${authorityId}|${year}`);
    const officer = await postOf(ctx.tx, issuedBy, issuedAt);
    const content = await logContent(ctx.tx, input, (state) => vi.states[state], officer);
    const bytes = await renderLog(content, { fromOn, toOn, number, issuedAt });
    const name = `so-theo-doi-ho-so-${fromOn}-${toOn}.pdf`;
    const file = await storeFile(ctx, { name, mediaType: 'application/pdf', bytes });
    const id = newId();
    await ctx.tx.insert(trackingLogs).values({
      id,
      authorityId,
      number,
      year,
      fromOn,
      toOn,
      content: { ...content },
      fileId: file.id,
      issuedBy,
      issuedAt,
    });
    return { id, fileId: file.id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'tracking-log',
    subjectId: result.id,
    details: { authority: input.organisationId, from: input.fromOn, to: input.toOn },
  }),
});
