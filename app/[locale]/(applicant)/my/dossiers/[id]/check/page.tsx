import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { answersOf } from '#app/_parts/answers-of.ts';
import { myDraft } from '#app/_server/dossiers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Checkboxes } from '#app/_ui/choices.tsx';
import { formatMoney } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { CheckAnswers } from '#app/_ui/lists.tsx';
import { Breadcrumbs } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { Locale } from '#i18n/routing.ts';
import { dropHidden } from '#server/procedures/rules.ts';
import { fileDossier } from '../actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('dossiers.check'))('title') };
}

/** All answers and papers once more, each with a way to change it; then the declaration and filing. */
export default async function CheckPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, locale, t] = await Promise.all([
    params,
    getLocale() as Promise<Locale>,
    getTranslations('dossiers.check'),
  ]);
  const draft = await myDraft(id);
  const base = `/my/dossiers/${id}`;
  return (
    <Page>
      <div className="stack">
        <Breadcrumbs
          items={[
            { href: '/my', label: t('mine') },
            { href: base, label: draft.title || draft.procedureTitle[locale] },
            { label: t('title') },
          ]}
        />
        <h1>{t('title')}</h1>
        {answersOf(draft.form, dropHidden(draft.form, draft.answers), draft.places, locale).map(({ page, rows }) => (
          <section key={page.id} className="stack" aria-label={page.title[locale]}>
            <h2>{page.title[locale]}</h2>
            <CheckAnswers
              answers={rows.map((row) => ({
                question: row.question,
                answer: row.answer,
                href: `${base}/questions/${page.id}?back=check`,
                what: row.question,
              }))}
            />
          </section>
        ))}
        <h2>{t('papers')}</h2>
        <CheckAnswers
          answers={draft.papers.map((paper) => ({
            question: paper.title[locale],
            answer: paper.files.map((file) => file.name).join(', '),
            href: `${base}/papers/${paper.key}`,
            what: paper.title[locale],
          }))}
        />
        {draft.problems.length > 0 ? (
          <Notice tone="wait" title={t('notYet', { count: draft.problems.length })}>
            <LinkButton href={base} kind="quiet">
              {t('toTasks')}
            </LinkButton>
          </Notice>
        ) : (
          <>
            <h2>{t('fee')}</h2>
            <CheckAnswers
              answers={[
                ...draft.fee.lines.map((line) => ({
                  question: line.label[locale],
                  answer: formatMoney(line.amount, locale),
                })),
                { question: t('total'), answer: <b>{formatMoney(draft.fee.amount, locale)}</b> },
                { question: t('authority'), answer: draft.authorityName },
              ]}
            />
            <ActionForm action={fileDossier.bind(null, id)}>
              <input type="hidden" name="submissionKey" value={randomUUID()} />
              <input type="hidden" name="contentDigest" value={draft.contentDigest} />
              <Checkboxes name="declared" label={t('declaration')} options={[{ value: 'yes', label: t('declare') }]} />
              <SubmitButton>{draft.fee.amount > 0 ? t('fileAndPay') : t('file')}</SubmitButton>
            </ActionForm>
          </>
        )}
      </div>
    </Page>
  );
}
