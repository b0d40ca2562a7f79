import { getLocale, getTranslations } from 'next-intl/server';
import { StoredFileCard } from '#app/_parts/stored-file.tsx';
import { DocumentCard } from '#app/_ui/cards.tsx';
import { formatDate, formatDateTime, formatMoney } from '#app/_ui/format.ts';
import { Note, Timeline } from '#app/_ui/timeline.tsx';
import type { TimelineEntry } from '#server/dossiers/index.ts';

type Words = Record<string, string | number>;

/** The one timeline of a dossier. `side` decides how people are named: the applicant is "you" to the applicant. */
export async function TimelineOf({
  entries,
  now,
  side,
}: {
  entries: TimelineEntry[];
  now: Date;
  side: 'applicant' | 'office';
}) {
  const [t, m, locale] = await Promise.all([
    getTranslations('dossiers'),
    getTranslations('correspondence'),
    getLocale(),
  ]);
  const words = (entry: TimelineEntry): Words => {
    const { data } = entry;
    const text = (key: string) => String(data[key] ?? '');
    const named = (group: 'outcomes' | 'refusalReasons' | 'roles' | 'scores' | 'slips' | 'steps', key: string) =>
      t.has(`${group}.${key}`) ? t(`${group}.${key}`) : key;
    return {
      code: text('code'),
      number: text('number'),
      comment: text('comment'),
      items: Number(data.items ?? 0),
      round: text('round'),
      amount: formatMoney(Number(data.amount ?? 0), locale),
      dueAt: data.dueAt ? formatDateTime(new Date(text('dueAt'))) : '',
      dueBefore: data.dueBefore ? formatDateTime(new Date(text('dueBefore'))) : '',
      days: Number(data.days ?? 0),
      share: Number(data.share ?? 0),
      name: text('name'),
      // whom an escalation went to is a role, whom a task went to is a person
      to: entry.kind === 'escalated' ? named('roles', data.to === 'official' ? 'officer' : text('to')) : text('to'),
      answerDueAt: data.answerDueAt ? formatDateTime(new Date(text('answerDueAt'))) : '',
      on: data.on ? formatDate(text('on')) : '',
      outcome: named('outcomes', text('outcome')),
      kind: named('outcomes', text('kind')).toLowerCase(),
      score: named('scores', text('score')),
      slip: named('slips', text('form')),
      step: named('steps', text('step')),
      reason: entry.kind === 'refusedAtReceipt' ? named('refusalReasons', text('reason')) : text('reason'),
    };
  };
  const stops = ['supplementRequested', 'correctionRequested'];
  return (
    <Timeline
      now={now}
      entries={entries.map((entry, index) => {
        const sentence = t(`timeline.${entry.kind}`, words(entry));
        const who =
          entry.actor &&
          (entry.actor.applicant ? t(side === 'applicant' ? 'you' : 'roles.applicant') : entry.actor.name);
        const impersonal = /^\p{Lu}/u.test(sentence);
        return {
          id: String(entry.id),
          at: entry.at,
          ...(stops.includes(entry.kind) ? { mark: 'stop' as const } : index === 0 ? { mark: 'now' as const } : {}),
          title:
            impersonal || !who ? (
              sentence[0]?.toUpperCase() + sentence.slice(1)
            ) : (
              <>
                <b>{who}</b> {sentence}
              </>
            ),
          children: (
            <>
              {noteIn(entry).map((text) => (
                <Note key={text}>
                  {text}
                  {entry.internal && <span className="hint"> {t('internal')}</span>}
                </Note>
              ))}
              {entry.attachments.map((file) => (
                <StoredFileCard key={file.fileId} file={file} own={false} />
              ))}
              {entry.kind === 'message' && entry.data.side === side && (
                <p className="hint">
                  {entry.readBy.length === 0
                    ? m('notRead')
                    : entry.readBy
                        .map((each) => m('readBy', { name: each.name, at: formatDateTime(each.at) }))
                        .join('; ')}
                </p>
              )}
              {entry.file && <DocumentCard title={sentence} href={`/api/files/${entry.file.id}`} />}
            </>
          ),
        };
      })}
    />
  );
}

/** Words that somebody wrote, shown under the entry as they are. */
function noteIn({ kind, data }: TimelineEntry): string[] {
  const key = (
    {
      note: 'text',
      message: 'text',
      taskReleased: 'reason',
      assessed: 'opinion',
      inspected: 'conclusion',
      refusedAtReceipt: 'explanation',
    } as Record<string, string>
  )[kind];
  const text = key ? data[key] : undefined;
  return typeof text === 'string' && text !== '' ? [text] : [];
}
