import { useLocale, useTranslations } from 'next-intl';
import { LinkButton } from '#app/_ui/button.tsx';
import { ClockCard } from '#app/_ui/cards.tsx';
import { formatDate, formatTime, formatWeekday } from '#app/_ui/format.ts';
import { CheckAnswers } from '#app/_ui/lists.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { Steps } from '#app/_ui/timeline.tsx';
import type { Tone } from '#app/_ui/types.ts';
import type { DossierStatus } from '#server/exchange/index.ts';

const tones: Record<string, Tone> = {
  awaitingSupplement: 'wait',
  awaitingPayment: 'wait',
  refusedAtReceipt: 'late',
  stopped: 'late',
  processed: 'ok',
  returned: 'ok',
  withdrawn: 'plain',
};
const marks = { done: 'done', current: 'now', upcoming: 'todo' } as const;

/** Where a dossier stands: state, step, whose turn, until when; nothing about a person. */
export function StatusView({ answer }: { answer: DossierStatus }) {
  const t = useTranslations('public.track');
  const locale = useLocale();
  const say = (words: { vi: string; en: string }) => (locale === 'vi' ? words.vi : words.en);
  const at = new Date(answer.at);
  const day = (text: string | null) => text && <DateText value={new Date(text)} time />;
  const { step, heldBy, workingDaysLeft: left } = answer;
  return (
    <>
      <PageTitle
        title={answer.code}
        above={t('title')}
        below={say(answer.procedure)}
        actions={
          <LinkButton kind="quiet" href="/track">
            {t('again')}
          </LinkButton>
        }
      />
      {answer.phases.length > 0 && (
        <Steps
          label={t('progress')}
          steps={answer.phases.map((phase) => ({ label: say(phase.title), state: marks[phase.state] }))}
        />
      )}
      <div className="columns">
        <div className="stack">
          <CheckAnswers
            answers={[
              {
                question: t('state'),
                answer: <Tag tone={tones[answer.state.name] ?? 'info'}>{say(answer.state)}</Tag>,
              },
              { question: t('step'), answer: step ? say(step) : t('none') },
              ...(heldBy ? [{ question: t('holder'), answer: say(heldBy) }] : []),
              ...(step?.since ? [{ question: t('since'), answer: day(step.since) }] : []),
              ...(answer.answerDueAt
                ? [{ question: t(answer.lapsed ? 'unanswered' : 'answerBefore'), answer: day(answer.answerDueAt) }]
                : []),
              { question: t('supplements'), answer: t('supplementTimes', { count: answer.supplements }) },
              { question: t('filed'), answer: day(answer.filedAt) },
              ...(answer.receivedAt ? [{ question: t('received'), answer: day(answer.receivedAt) }] : []),
            ]}
          />
          <p className="hint">{t('asOf', { time: formatTime(at), date: formatDate(at) })}</p>
        </div>
        <ClockCard
          label={t('due')}
          value={answer.dueAt ? formatDate(new Date(answer.dueAt)) : '—'}
          late={left !== null && left < 0}
          below={t(`clock.${answer.clock}`)}
          lines={[
            ...(left === null
              ? []
              : [
                  {
                    label: t('left'),
                    value: left < 0 ? t('late', { days: -left }) : t('daysLeft', { days: left }),
                  },
                ]),
            ...(answer.dueAt ? [{ label: t('due'), value: formatWeekday(new Date(answer.dueAt), locale) }] : []),
          ]}
        />
      </div>
    </>
  );
}
