import { getLocale, getTranslations } from 'next-intl/server';
import { Autosave } from '#app/_parts/autosave.tsx';
import { placesFor } from '#app/_parts/places.ts';
import { QuestionField } from '#app/_parts/question-field.tsx';
import { StoredFileCard } from '#app/_parts/stored-file.tsx';
import { read } from '#app/_server/caller.ts';
import { openRequest } from '#app/_server/dossiers.ts';
import { uploadError } from '#app/_server/upload-error.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { fieldId } from '#app/_ui/field-id.ts';
import { FileUpload } from '#app/_ui/file-upload.tsx';
import { formatBytes, formatDateTime } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { InsetText } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { Locale } from '#i18n/routing.ts';
import { answerRequest, autosaveRequest, removePaper } from '../actions.ts';
import { Lapsed } from '../lapsed.tsx';
import { ReusePapers } from '../papers/[key]/reuse-papers.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers.request')]);
  return { title: t((await openRequest(id))?.kind ?? 'none') };
}

/** The answer to a supplement or correction request: only what was asked, each item with its reason. */
export default async function RequestPage({ params, searchParams }: Props) {
  const [{ id }, search, locale, t] = await Promise.all([
    params,
    searchParams,
    getLocale() as Promise<Locale>,
    getTranslations('dossiers.request'),
  ]);
  const request = await openRequest(id);
  const home = { href: `/my/dossiers/${id}`, label: t('dossier') };
  if (!request) {
    const { lapsed, procedureKey } = await read((api) => api.dossiers.my({ dossierId: id }));
    return (
      <Page>
        <Breadcrumbs items={[home, { label: t('none') }]} />
        <PageTitle title={t('none')} />
        <div className="stack">
          {lapsed && <Lapsed lapsed={lapsed} procedureKey={procedureKey} />}
          <p>
            <LinkButton href={home.href}>{t('openDossier')}</LinkButton>
          </p>
        </div>
      </Page>
    );
  }
  const fields = request.items.filter((item) => item.kind === 'field');
  const papers = request.items.filter((item) => item.kind === 'paper');
  const findings = request.items.filter((item) => item.kind === 'finding');
  const places = await placesFor(
    request.form.fields,
    fields.map((item) => item.target),
    request.answers,
  );
  const reusable = new Map(
    await Promise.all(
      papers.map(
        async ({ target }) =>
          [target, await read((api) => api.dossiers.reusablePapers({ dossierId: id, paperKey: target }))] as const,
      ),
    ),
  );
  const back = localePath(locale, `/my/dossiers/${id}/request`);
  const error = await uploadError(search);
  return (
    <Page>
      <div className="stack">
        <Breadcrumbs items={[home, { label: t(request.kind) }]} />
        <PageTitle
          title={t(request.kind)}
          below={t('before', { date: formatDateTime(request.answerDueAt), count: request.items.length })}
        />
        {papers.map((item) => {
          const paper = request.papers.find((each) => each.key === item.target);
          if (!paper) return null;
          return (
            <section
              key={item.target}
              id={fieldId(`papers.${item.target}`)}
              tabIndex={-1}
              className="card stack"
              aria-labelledby={`paper-${item.target}`}
            >
              <h2 id={`paper-${item.target}`}>{paper.title[locale]}</h2>
              <Asked note={item.note} ground={item.legalGround} />
              {paper.files.map((file) => (
                <StoredFileCard key={file.id} file={file} own detail={t('filedBefore')} />
              ))}
              {paper.pending.map((file) => (
                <StoredFileCard
                  key={file.id}
                  file={file}
                  own
                  detail={`${t('new')} · ${formatBytes(file.size, locale)}`}
                  actions={
                    <ActionForm
                      action={removePaper.bind(null, { dossierId: id, paperId: file.id })}
                      className=""
                      label={t('removeOf', { name: file.name })}
                    >
                      <SubmitButton kind="quiet" small>
                        {t('remove')}
                      </SubmitButton>
                    </ActionForm>
                  }
                />
              ))}
              {paper.pending.length < paper.maxFiles && (
                <ReusePapers
                  dossierId={id}
                  paperKey={item.target}
                  papers={reusable.get(item.target) ?? []}
                  open={false}
                />
              )}
              {paper.pending.length < paper.maxFiles && (
                <FileUpload
                  action={`/api/dossiers/${id}/papers/${item.target}?back=${back}`}
                  pieces={{ url: '/api/uploads', target: { dossierId: id, paperKey: item.target } }}
                  id={item.target}
                  name="file"
                  label={t('replace')}
                  accept={paper.accepts.join(',')}
                  error={search.part === item.target ? error : undefined}
                />
              )}
            </section>
          );
        })}
        <ActionForm action={answerRequest.bind(null, id)}>
          {fields.map((item) => (
            <section key={item.target} className="card stack">
              <Asked note={item.note} ground={item.legalGround} />
              <QuestionField
                form={request.form}
                path={item.target}
                answers={request.answers}
                alone={false}
                {...places}
              />
            </section>
          ))}
          {findings.map((item, index) => (
            <section key={item.target} className="card stack">
              <Asked note={item.note} ground={item.legalGround} />
              <TextArea
                name={`reply.${item.target}`}
                label={t('reply', { number: index + 1 })}
                defaultValue={request.replies[item.target] ?? ''}
                maxLength={2000}
              />
            </section>
          ))}
          <p className="hint">{t('open', { count: request.open.length })}</p>
          <p className="actions row">
            <SubmitButton name="intent" value="send">
              {t('send')}
            </SubmitButton>
            <SubmitButton name="intent" value="save" kind="quiet">
              {t('save')}
            </SubmitButton>
          </p>
          <Autosave save={autosaveRequest.bind(null, id)} savedAt={null} />
        </ActionForm>
      </div>
    </Page>
  );
}

function Asked({ note, ground }: { note: string; ground: string | undefined }) {
  return (
    <InsetText>
      <p>{note}</p>
      {ground && <p className="hint">{ground}</p>}
    </InsetText>
  );
}
