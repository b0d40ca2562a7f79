import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { Button, LinkButton } from '#app/_ui/button.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { CheckAnswers } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { Money } from '#app/_ui/time-text.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { inLanguage } from '../../_parts/in-language.ts';
import { PaperList } from '../../_parts/paper-list.tsx';

type Props = {
  params: Promise<{ key: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations('public'))('guide.title') };
}

/** At most ten questions, one at a time; every answer stands in the address, none is stored. */
export default async function GuidePage({ params, searchParams }: Props) {
  const { key } = await params;
  const search = await searchParams;
  const given = Object.entries(search).flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : []));
  const values = Object.fromEntries(given.slice(0, 20)) as Record<string, string>;
  const [procedure, guide] = await read((api) =>
    Promise.all([api.procedures.get({ key }), api.procedures.guide({ key, values })]),
  );
  const t = await getTranslations('public');
  const locale = await getLocale();
  const say = inLanguage(locale);
  const path = `/procedures/${key}/guide`;
  const open = guide.questions.findIndex(({ field }) => guide.answers[field] === undefined);
  const question = guide.stops.length > 0 ? undefined : guide.questions[open];
  const answered = guide.questions.filter(({ field }) => guide.answers[field] !== undefined);
  const hrefBefore = (index: number) => {
    const kept = answered.slice(0, index).map(({ field }) => [field, guide.answers[field]!]);
    return kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path;
  };
  return (
    <Page>
      <Breadcrumbs
        items={[
          { label: t('procedure.back'), href: '/procedures' },
          { label: say(procedure.title), href: `/procedures/${key}` },
          { label: t('guide.title') },
        ]}
      />
      <div className="stack-l">
        {question ? (
          <form className="form" action={localePath(locale, path)} method="get">
            <p className="hint">{t('guide.question', { number: open + 1, total: guide.questions.length })}</p>
            {answered.map(({ field }) => (
              <input key={field} type="hidden" name={field} value={guide.answers[field]} />
            ))}
            <Radios
              name={question.field}
              question
              label={say(question.question)}
              options={question.options.map((option) => ({ value: option.value, label: say(option.label) }))}
            />
            <Button>{t('guide.next')}</Button>
            <p className="hint">{t('guide.note')}</p>
          </form>
        ) : (
          <div>
            <PageTitle title={t('guide.title')} below={say(procedure.title)} />
            <div className="prose">
              {guide.stops.length > 0 && (
                <Notice tone="wait" title={t('guide.stop')}>
                  {guide.stops.map((stop) => (
                    <p key={stop.vi}>{say(stop)}</p>
                  ))}
                </Notice>
              )}
              {guide.stops.length === 0 && (
                <>
                  <h2>{t('guide.fee')}</h2>
                  <p>{guide.fee.amount === 0 ? t('procedures.noFee') : <Money amount={guide.fee.amount} />}</p>
                  <h2>{t('guide.limit')}</h2>
                  <p>{t('procedure.limitText', { days: procedure.limitDays })}</p>
                  <h2>{t('guide.papers')}</h2>
                  <PaperList papers={guide.papers} />
                  <p>
                    <LinkButton href={`/my/dossiers/new?procedure=${key}`}>{t('procedure.start')}</LinkButton>
                  </p>
                </>
              )}
            </div>
          </div>
        )}
        {answered.length > 0 && (
          <section className="stack">
            <h2>{t('guide.answers')}</h2>
            <CheckAnswers
              answers={answered.map(({ field, question: words, options }, index) => {
                const chosen = options.find((option) => option.value === guide.answers[field]);
                return {
                  question: say(words),
                  answer: chosen ? say(chosen.label) : guide.answers[field],
                  href: hrefBefore(index),
                  what: say(words),
                };
              })}
            />
            <p>
              <Link href={path}>{t('guide.restart')}</Link>
            </p>
          </section>
        )}
      </div>
    </Page>
  );
}
