import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { fileKind } from '#app/_parts/file-kind.ts';
import { StoredFileCard } from '#app/_parts/stored-file.tsx';
import { read } from '#app/_server/caller.ts';
import { myDraft } from '#app/_server/dossiers.ts';
import { uploadError } from '#app/_server/upload-error.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { FileUpload } from '#app/_ui/file-upload.tsx';
import { formatBytes, formatDateTime } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { Locale } from '#i18n/routing.ts';
import { removePaper } from '../../actions.ts';
import { ReusePapers } from './reuse-papers.tsx';
import { UnfinishedUpload } from './unfinished-upload.tsx';

interface Props {
  params: Promise<{ id: string; key: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props) {
  const [{ id, key }, locale] = await Promise.all([params, getLocale() as Promise<Locale>]);
  const paper = (await myDraft(id)).papers.find((each) => each.key === key) ?? notFound();
  return { title: paper.title[locale] };
}

/** The files of one paper: what is asked, what is there, and a place to add one. */
export default async function PaperPage({ params, searchParams }: Props) {
  const [{ id, key }, locale, t, search] = await Promise.all([
    params,
    getLocale() as Promise<Locale>,
    getTranslations('dossiers.paper'),
    searchParams,
  ]);
  const [draft, reusable, unfinished] = await Promise.all([
    myDraft(id),
    read((api) => api.dossiers.reusablePapers({ dossierId: id, paperKey: key })),
    read((api) => api.dossiers.unfinishedUploads({ dossierId: id, paperKey: key })),
  ]);
  const index = draft.papers.findIndex((each) => each.key === key);
  const paper = draft.papers[index] ?? notFound();
  const error = await uploadError(search);
  const next = draft.papers.slice(index + 1).find((each) => each.files.length === 0);
  const back = localePath(locale, `/my/dossiers/${id}/papers/${key}`);
  const accepted = paper.accepts.map(fileKind).join(', ');
  return (
    <Page>
      <div className="stack">
        <Breadcrumbs
          items={[
            { href: '/my', label: t('mine') },
            { href: `/my/dossiers/${id}`, label: draft.title || draft.procedureTitle[locale] },
            { label: t('paper') },
          ]}
        />
        <PageTitle title={paper.title[locale]} below={paper.hint?.[locale]} />
        {paper.files.map((file) => (
          <StoredFileCard
            key={file.id}
            file={file}
            own
            detail={`${formatBytes(file.size, locale)} · ${formatDateTime(file.addedAt)}`}
            actions={
              <ActionForm
                action={removePaper.bind(null, { dossierId: id, paperId: file.id })}
                className=""
                label={t('removeOf', { name: file.name })}
              >
                <SubmitButton kind="quiet" small>
                  {t('remove')} <span className="hidden-text">{file.name}</span>
                </SubmitButton>
              </ActionForm>
            }
          />
        ))}
        {paper.files.length < paper.maxFiles && (
          <ReusePapers dossierId={id} paperKey={key} papers={reusable} open={paper.files.length === 0} />
        )}
        {unfinished.map((upload) => (
          <UnfinishedUpload key={upload.id} upload={upload} />
        ))}
        {paper.files.length < paper.maxFiles && (
          <FileUpload
            action={`/api/dossiers/${id}/papers/${key}?back=${back}`}
            pieces={{ url: '/api/uploads', target: { dossierId: id, paperKey: key } }}
            name="file"
            label={paper.files.length === 0 ? t('choose') : t('another')}
            hint={t('limits', { accepted, megabytes: Math.floor(paper.maxBytes / 1_048_576), files: paper.maxFiles })}
            accept={paper.accepts.join(',')}
            error={error}
            button={t('upload')}
          />
        )}
        <p className="actions">
          <LinkButton
            href={next ? `/my/dossiers/${id}/papers/${next.key}` : `/my/dossiers/${id}`}
            kind={paper.files.length > 0 ? 'primary' : 'quiet'}
          >
            {next ? t('next') : t('back')}
          </LinkButton>
        </p>
      </div>
    </Page>
  );
}
