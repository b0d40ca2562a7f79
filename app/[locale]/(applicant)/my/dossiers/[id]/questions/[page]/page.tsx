import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { Autosave } from '#app/_parts/autosave.tsx';
import { placesFor } from '#app/_parts/places.ts';
import { QuestionField } from '#app/_parts/question-field.tsx';
import { read } from '#app/_server/caller.ts';
import { myQuestions } from '#app/_server/dossiers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { PageBase } from '#app/_ui/page-base.tsx';
import { Breadcrumbs } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { Locale } from '#i18n/routing.ts';
import { visibleFields } from '#server/procedures/rules.ts';
import { autosavePage, savePage } from '../../actions.ts';
import { Rows, withRows } from './rows.tsx';

interface Props {
  params: Promise<{ id: string; page: string }>;
  searchParams: Promise<{ back?: string; rows?: string }>;
}

export async function generateMetadata({ params }: Props) {
  const [{ id, page }, locale] = await Promise.all([params, getLocale() as Promise<Locale>]);
  return { title: (await myQuestions(id, page)).page.title[locale] };
}

/** One page of questions. What is typed is kept as one goes; wrong answers are named on sending. */
export default async function QuestionPage({ params, searchParams }: Props) {
  const [{ id, page: pageId }, { back, rows }, locale, t, e] = await Promise.all([
    params,
    searchParams,
    getLocale() as Promise<Locale>,
    getTranslations('dossiers.question'),
    getTranslations('editing'),
  ]);
  const { draft, page } = await myQuestions(id, pageId);
  const { version, others, conflicts } = await read((api) => api.dossiers.draftPage({ dossierId: id, pageId }));
  const answers = withRows(page, draft.answers, Number(rows ?? Number.NaN));
  const fields = visibleFields(draft.form, page, answers);
  const alone = fields.length === 1 && !page.repeat;
  const places = await placesFor(draft.form.fields, fields, answers);
  const number = draft.pages.findIndex((each) => each.id === pageId) + 1;
  return (
    <Page>
      <div className="stack">
        <Breadcrumbs
          items={[
            { href: '/my', label: t('mine') },
            { href: `/my/dossiers/${id}`, label: draft.title || draft.procedureTitle[locale] },
            { label: t('position', { number, total: draft.pages.length }) },
          ]}
        />
        {others.length > 0 && (
          <Notice tone="info">
            {e('others', { names: others.map((each) => each.name).join(', '), count: others.length })}
          </Notice>
        )}
        {conflicts.length > 0 && (
          <Notice tone="wait" title={e('waiting')}>
            <LinkButton
              href={`/my/dossiers/${id}/questions/${pageId}/conflict${back === 'check' ? '?back=check' : ''}`}
              kind="quiet"
            >
              {e('choose')}
            </LinkButton>
          </Notice>
        )}
        {!alone && <h1>{page.title[locale]}</h1>}
        {page.hint && <p className="lead">{page.hint[locale]}</p>}
        <ActionForm action={savePage.bind(null, { dossierId: id, pageId, back: back === 'check' ? 'check' : null })}>
          <PageBase version={version} formId={randomUUID()} />
          <Rows page={page} answers={answers} fields={fields} locale={locale} remove={t('remove')}>
            {(path) => (
              <QuestionField key={path} form={draft.form} path={path} answers={answers} alone={alone} {...places} />
            )}
          </Rows>
          <p className="actions row">
            <SubmitButton>{back === 'check' ? t('saveAndReturn') : t('continue')}</SubmitButton>
            {page.repeat && (
              <SubmitButton kind="quiet" name="change" value="add">
                {page.repeat.add[locale]}
              </SubmitButton>
            )}
          </p>
          <Autosave save={autosavePage.bind(null, id, pageId)} savedAt={draft.savedAt} />
        </ActionForm>
      </div>
    </Page>
  );
}
