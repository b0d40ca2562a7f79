import { getLocale } from 'next-intl/server';
import { mine } from '#app/_server/dossiers.ts';
import type { Locale } from '#i18n/routing.ts';
import { DossierStatus } from './dossier-status.tsx';
import { DraftTasks } from './draft-tasks.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props) {
  const [{ id }, locale] = await Promise.all([params, getLocale() as Promise<Locale>]);
  const { draft, dossier } = await mine(id);
  return { title: draft ? draft.title || draft.procedureTitle[locale] : `${dossier.title} · ${dossier.code}` };
}

/** One dossier of the applicant: the task list while it is a draft, afterwards where it stands. */
export default async function MyDossier({ params }: Props) {
  const { draft, dossier } = await mine((await params).id);
  return draft ? <DraftTasks draft={draft} /> : <DossierStatus dossier={dossier} />;
}
