import { useLocale, useTranslations } from 'next-intl';
import type { Paper } from '#server/procedures/index.ts';
import { inLanguage } from './in-language.ts';

const endings: Record<string, string> = { 'application/pdf': 'PDF', 'image/jpeg': 'JPG', 'image/png': 'PNG' };

/** The papers asked for: what, in which form, as which files, by which law. */
export function PaperList({ papers }: { papers: (Paper & { conditional?: boolean })[] }) {
  const t = useTranslations('public.procedure');
  const say = inLanguage(useLocale());
  return (
    <ol className="stack">
      {papers.map((paper) => (
        <li key={paper.key}>
          <b>{say(paper.title)}</b>{' '}
          <span className="hint">
            {paper.conditional ? t('conditional') : paper.required ? t('required') : t('optional')}
          </span>
          {paper.hint && <div>{say(paper.hint)}</div>}
          <div className="hint">
            {[
              t(`forms.${paper.form}`),
              t('copies', { copies: paper.copies }),
              t('files', {
                accepts: paper.accepts.map((type) => endings[type] ?? type).join(', '),
                megabytes: Math.floor(paper.maxBytes / 1_048_576),
              }),
              paper.legalGround,
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </li>
      ))}
    </ol>
  );
}
