import { getLocale, getTranslations } from 'next-intl/server';
import { LinkButton } from '#app/_ui/button.tsx';
import { formatMoney, formatTime } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Facts, TaskList } from '#app/_ui/lists.tsx';
import { Breadcrumbs } from '#app/_ui/page-title.tsx';
import { Tag } from '#app/_ui/status.tsx';
import type { Locale } from '#i18n/routing.ts';
import type { DraftView } from '#server/dossiers/index.ts';

/** What is left to do before filing; each row leads to its page. */
export async function DraftTasks({ draft }: { draft: DraftView }) {
  const [t, locale] = await Promise.all([getTranslations('dossiers.draft'), getLocale() as Promise<Locale>]);
  const base = `/my/dossiers/${draft.id}`;
  const missing = draft.problems.length;
  const nextPage = draft.pages.find((page) => page.status !== 'done' || page.errors > 0);
  const nextPaper = draft.papers.find((paper) => paper.required && paper.files.length === 0);
  const next = nextPage
    ? `${base}/questions/${nextPage.id}`
    : nextPaper
      ? `${base}/papers/${nextPaper.key}`
      : `${base}/check`;
  return (
    <Page>
      <Breadcrumbs items={[{ href: '/my', label: t('mine') }, { label: t('draft') }]} />
      <div className="columns">
        <div className="stack">
          <h1>{draft.procedureTitle[locale]}</h1>
          <p className="lead">
            {[draft.title || draft.organisationName, draft.savedAt && t('savedAt', { time: formatTime(draft.savedAt) })]
              .filter(Boolean)
              .join(' · ')}
            . {t('leave')}
          </p>
          <p className="actions">
            <LinkButton href={next}>{t('continue')}</LinkButton>
          </p>
          <h2>{t('questions')}</h2>
          <TaskList
            tasks={draft.pages.map((page) => ({
              href: `${base}/questions/${page.id}`,
              title: page.title[locale],
              status:
                page.status === 'done' ? (
                  t('done')
                ) : (
                  <Tag tone={page.status === 'started' ? 'wait' : 'info'}>
                    {page.status === 'started' ? t('errors', { count: page.errors }) : t('todo')}
                  </Tag>
                ),
            }))}
          />
          <h2>{t('papers')}</h2>
          <TaskList
            tasks={draft.papers.map((paper) => ({
              href: `${base}/papers/${paper.key}`,
              title: paper.required ? paper.title[locale] : `${paper.title[locale]} ${t('optional')}`,
              status:
                paper.files.length > 0 ? (
                  t('files', { count: paper.files.length })
                ) : (
                  <Tag tone={paper.required ? 'info' : 'plain'}>{t('noFile')}</Tag>
                ),
            }))}
          />
          <h2>{t('file')}</h2>
          <TaskList
            tasks={[
              missing === 0
                ? { href: `${base}/check`, title: t('check'), status: <Tag tone="info">{t('ready')}</Tag> }
                : { title: t('check'), status: t('blocked', { count: missing }) },
            ]}
          />
        </div>
        <aside className="card">
          <Facts
            items={[
              { label: t('limit'), value: t('limitDays', { days: draft.limitDays }) },
              {
                label: t('fee'),
                value: draft.fee.lines.length > 0 ? formatMoney(draft.fee.amount, locale) : t('feeUnknown'),
              },
              { label: t('authority'), value: draft.authorityName ?? t('authorityUnknown') },
            ]}
          />
        </aside>
      </div>
    </Page>
  );
}
