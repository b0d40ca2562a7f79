import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { officeDossier } from '#app/_server/dossiers.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import type { OfficeDossierView, StepNode } from '#server/dossiers/index.ts';

interface StepPageProps {
  id: string;
  steps: readonly StepNode[];
  children: (dossier: OfficeDossierView, step: StepNode) => ReactNode | Promise<ReactNode>;
}

const myStep = (dossier: OfficeDossierView, steps: readonly StepNode[]) =>
  dossier.mySteps.find((each) => steps.includes(each));

/** What a window with the page of a step is called: the step and whose dossier it is. */
export const titleOfStep =
  (...steps: StepNode[]) =>
  async ({ params }: { params: Promise<{ id: string }> }) => {
    const [{ id }, t] = await Promise.all([params, getTranslations('dossiers.steps')]);
    const dossier = await officeDossier(id);
    return { title: `${t(myStep(dossier, steps) ?? steps[0]!)} · ${dossier.code}` };
  };

/** The frame of an official step's page; says so plainly when the step is not (or no longer) one's to do. */
export async function StepPage({ id, steps, children }: StepPageProps) {
  const [t, queue] = await Promise.all([getTranslations('dossiers'), getTranslations('queue')]);
  const dossier = await officeDossier(id);
  const step = myStep(dossier, steps);
  const title = t(`steps.${step ?? steps[0]!}`);
  return (
    <>
      <Breadcrumbs
        items={[
          { href: '/office', label: queue('scopes.mine') },
          { href: `/office/dossiers/${id}`, label: dossier.code },
          { label: title },
        ]}
      />
      <PageTitle title={title} above={`${dossier.code} · ${dossier.title}`} />
      {step ? (
        await children(dossier, step)
      ) : (
        <EmptyState title={t('errors.movedOn')}>
          <LinkButton href={`/office/dossiers/${id}`} kind="quiet">
            {t('office.backToDossier')}
          </LinkButton>
        </EmptyState>
      )}
    </>
  );
}
