import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DocumentCard } from '#app/_ui/cards.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { ReusablePaper } from '#server/dossiers/index.ts';
import { reusePaper } from '../../actions.ts';
import { offeredPapers } from './offered-papers.ts';

interface Props {
  dossierId: string;
  paperKey: string;
  papers: ReusablePaper[];
  /** nothing has been handed in yet: the offer stands open */
  open: boolean;
}

/** What can be handed in for one paper without uploading: the newest that was handed in for it before stands first. */
export function ReusePapers({ dossierId, paperKey, papers, open }: Props) {
  const t = useTranslations('vault');
  if (papers.length === 0) return null;
  const { near, others } = offeredPapers(papers);
  const card = (each: ReusablePaper) => (
    <DocumentCard
      key={each.sourceId}
      title={each.name}
      href={`/api/files/${each.fileId}`}
      detail={[formatDate(each.addedAt), each.sameKind && t('before')].filter(Boolean).join(' · ')}
      actions={
        <ActionForm
          action={reusePaper.bind(null, { dossierId, paperKey, from: each.from, sourceId: each.sourceId })}
          id={`use-${each.sourceId}`}
          className=""
        >
          <SubmitButton kind="quiet" small>
            {t('use')} <span className="hidden-text">{each.name}</span>
          </SubmitButton>
        </ActionForm>
      }
    />
  );
  return (
    <Details summary={t('reuse')} open={open}>
      <p className="hint">{t('reuseHint')}</p>
      {near.map(card)}
      {others.length > 0 && <Details summary={t('others', { count: others.length })}>{others.map(card)}</Details>}
    </Details>
  );
}
