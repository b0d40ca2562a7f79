import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { myQuestions } from '#app/_server/dossiers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { formatDateTime } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { Locale } from '#i18n/routing.ts';
import { formatAnswer, type Json, patternOf } from '#server/procedures/rules.ts';
import { resolveConflicts } from '../../../actions.ts';

interface Props {
  params: Promise<{ id: string; page: string }>;
  searchParams: Promise<{ back?: string }>;
}

export async function generateMetadata({ params }: Props) {
  const { id, page } = await params;
  const [t] = await Promise.all([getTranslations('editing'), myQuestions(id, page)]);
  return { title: t('title') };
}

/** Answers that two people changed: both, field by field, and the choice between them. */
export default async function ConflictPage({ params, searchParams }: Props) {
  const [{ id, page: pageId }, { back }, locale, t] = await Promise.all([
    params,
    searchParams,
    getLocale() as Promise<Locale>,
    getTranslations('editing'),
  ]);
  const [{ draft, page }, { conflicts }] = await Promise.all([
    myQuestions(id, pageId),
    read((api) => api.dossiers.draftPage({ dossierId: id, pageId })),
  ]);
  const here = `/my/dossiers/${id}/questions/${pageId}`;
  const shown = (path: string, value: Json): string => {
    if (Array.isArray(value) && value.some((each) => typeof each === 'object'))
      return value.map((row) => Object.values(row as Record<string, Json>).join(', ')).join('; ');
    const field = draft.form.fields[patternOf(path)];
    const text = field
      ? formatAnswer(field, value ?? undefined, locale, (control, code) => draft.places[`${control}:${code}`])
      : String(value ?? '');
    return text === '' ? t('empty') : text;
  };
  return (
    <Page>
      <div className="stack">
        <Breadcrumbs
          items={[
            { href: `/my/dossiers/${id}`, label: draft.title || draft.procedureTitle[locale] },
            { href: here, label: page.title[locale] },
            { label: t('title') },
          ]}
        />
        <PageTitle title={t('title')} below={t('intro')} />
        {conflicts.length === 0 ? (
          <EmptyState title={t('none')}>
            <LinkButton href={here}>{t('back')}</LinkButton>
          </EmptyState>
        ) : (
          <ActionForm
            action={resolveConflicts.bind(null, { dossierId: id, pageId, back: back === 'check' ? 'check' : null })}
            label={t('title')}
          >
            {conflicts.map((each) => (
              <Radios
                key={each.path}
                name={`choice.${each.path}`}
                label={draft.form.fields[patternOf(each.path)]?.label[locale] ?? page.title[locale]}
                defaultValue="mine"
                options={[
                  { value: 'mine', label: t('mine', { value: shown(each.path, each.mine) }) },
                  {
                    value: 'theirs',
                    label: t(each.byName === null ? 'theirsSelf' : 'theirs', {
                      name: each.byName ?? '',
                      at: formatDateTime(each.at),
                      value: shown(each.path, each.theirs),
                    }),
                  },
                ]}
              />
            ))}
            <SubmitButton>{t('keep')}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </Page>
  );
}
