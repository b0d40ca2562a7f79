import { getTranslations } from 'next-intl/server';
import { myDossier } from '#app/_server/dossiers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Checkbox } from '#app/_ui/choices.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { withdrawableStates } from '#server/dossiers/rules.ts';
import { withdrawDossier } from '../actions.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers.withdraw')]);
  return { title: `${t('title')} · ${(await myDossier(id)).code}` };
}

/** Taking a dossier back cannot be undone: the page names it, and the applicant confirms by name. */
export default async function Withdraw({ params }: Props) {
  const [{ id }, t] = await Promise.all([params, getTranslations('dossiers')]);
  const { code, title, stateNumber } = await myDossier(id);
  return (
    <Page>
      <Breadcrumbs
        items={[
          { href: '/my', label: t('my.title') },
          { href: `/my/dossiers/${id}`, label: code },
          { label: t('withdraw.title') },
        ]}
      />
      <PageTitle title={t('withdraw.title')} above={`${code} · ${title}`} />
      {withdrawableStates.some((state) => state === stateNumber) ? (
        <ActionForm action={withdrawDossier.bind(null, id)} label={t('withdraw.title')}>
          <p>{t('withdraw.hint', { title, code })}</p>
          <TextArea name="reason" label={t('withdraw.reason')} rows={3} maxLength={2000} />
          <Checkbox name="confirmed" label={t('withdraw.confirmation', { title, code })} />
          <SubmitButton kind="danger">{t('withdraw.confirm')}</SubmitButton>
        </ActionForm>
      ) : (
        <EmptyState title={t('withdraw.closed')} />
      )}
    </Page>
  );
}
