import { getLocale, getTranslations } from 'next-intl/server';
import { DocumentCard } from '#app/_ui/cards.tsx';
import { formatBytes, formatDateTime } from '#app/_ui/format.ts';
import { CheckAnswers } from '#app/_ui/lists.tsx';
import { Details } from '#app/_ui/status.tsx';
import type { Locale } from '#i18n/routing.ts';
import type { OfficeDossierView } from '#server/dossiers/index.ts';
import { formatAnswer, patternOf } from '#server/procedures/rules.ts';
import { answersOf } from './answers-of.ts';
import { StoredFileCard } from './stored-file.tsx';

/** What was filed: answers page by page, papers with their files, and what each answer to a request changed. */
export async function AnswersCard({ dossier, open = false }: { dossier: OfficeDossierView; open?: boolean }) {
  const [t, locale] = await Promise.all([getTranslations('dossiers.office'), getLocale() as Promise<Locale>]);
  return (
    <div className="stack">
      <h2>{t('papers')}</h2>
      {dossier.papers.flatMap((paper) =>
        paper.files.length === 0
          ? [
              <DocumentCard
                key={paper.key}
                kind="—"
                title={paper.title[locale]}
                detail={paper.required ? t('missing') : t('notHandedIn')}
              />,
            ]
          : paper.files.map((file) => (
              <StoredFileCard
                key={file.id}
                file={file}
                title={paper.title[locale]}
                detail={`${file.name} · ${formatBytes(file.size, locale)} · ${formatDateTime(file.addedAt)}`}
              />
            )),
      )}
      {dossier.replacedPapers.map((paper) => (
        <StoredFileCard key={paper.fileId} file={paper} detail={t('replaced')} />
      ))}
      <h2>{t('answers')}</h2>
      {answersOf(dossier.form, dossier.answers, dossier.places, locale).map(({ page, rows }) => (
        <Details key={page.id} summary={page.title[locale]} open={open}>
          <CheckAnswers answers={rows.map((row) => ({ question: row.question, answer: row.answer }))} />
        </Details>
      ))}
    </div>
  );
}

/** What each answered request changed, field by field: before and after. */
export async function RequestsCard({ dossier }: { dossier: OfficeDossierView }) {
  const [t, locale] = await Promise.all([getTranslations('dossiers.office'), getLocale() as Promise<Locale>]);
  const shown = (path: string, value: unknown) => {
    const field = dossier.form.fields[patternOf(path)];
    return field
      ? formatAnswer(field, value as string, locale, (control, code) => dossier.places[`${control}:${code}`])
      : String(value ?? '');
  };
  return (
    <>
      {dossier.requests.map((request) => (
        <section key={request.id} className="card stack" aria-labelledby={`request-${request.id}`}>
          <h2 id={`request-${request.id}`}>
            {t(`requests.${request.kind}`, { ordinal: request.ordinal, at: formatDateTime(request.requestedAt) })}
          </h2>
          <ul>
            {request.items.map((item) => (
              <li key={item.target}>
                {item.note}
                {request.replies[item.target] && <p className="note">{request.replies[item.target]}</p>}
              </li>
            ))}
          </ul>
          {request.answeredAt ? (
            <p className="hint">{t('requests.answered', { at: formatDateTime(request.answeredAt) })}</p>
          ) : (
            <p className="hint">
              {t(request.lapsedAt ? 'requests.lapsed' : 'requests.open', { at: formatDateTime(request.answerDueAt) })}
            </p>
          )}
          {request.changes.length > 0 && (
            <div className="table-box">
              <table className="reflow">
                <caption>{t('requests.changes')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('requests.field')}</th>
                    <th scope="col">{t('requests.before')}</th>
                    <th scope="col">{t('requests.after')}</th>
                  </tr>
                </thead>
                <tbody>
                  {request.changes.map((change) => (
                    <tr key={change.path}>
                      <th scope="row">{dossier.form.fields[patternOf(change.path)]?.label[locale] ?? change.path}</th>
                      <td data-label={t('requests.before')}>
                        <div>{change.before === undefined ? '—' : <del>{shown(change.path, change.before)}</del>}</div>
                      </td>
                      <td data-label={t('requests.after')}>
                        <div>{change.after === undefined ? '—' : <ins>{shown(change.path, change.after)}</ins>}</div>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
      ))}
    </>
  );
}
