import { getTranslations } from 'next-intl/server';
import { LinkButton } from '#app/_ui/button.tsx';
import { formatDateTime } from '#app/_ui/format.ts';
import { Notice } from '#app/_ui/status.tsx';
import type { MyDossierView } from '#server/dossiers/index.ts';

/** Why a dossier ended that nobody answered for in time, and what one can do now. */
export async function Lapsed({
  lapsed,
  procedureKey,
}: {
  lapsed: NonNullable<MyDossierView['lapsed']>;
  procedureKey: string;
}) {
  const t = await getTranslations('dossiers.lapsed');
  return (
    <Notice tone="late" title={t('title')}>
      <p>{t(lapsed.kind, { date: formatDateTime(lapsed.answerDueAt) })}</p>
      <p>{t('next')}</p>
      <LinkButton href={`/procedures/${procedureKey}`} kind="quiet">
        {t('again')}
      </LinkButton>
    </Notice>
  );
}
