import { read } from '#app/_server/caller.ts';
import { DossierStatus } from './dossier-status.tsx';
import { DraftTasks } from './draft-tasks.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

/** One dossier of the applicant: the task list while it is a draft, afterwards where it stands. */
export default async function MyDossier({ params }: Props) {
  const { id } = await params;
  const found = await read(async (api) => {
    const { draft } = await api.dossiers.kind({ dossierId: id });
    return draft
      ? { draft: await api.dossiers.draft({ dossierId: id }) }
      : { dossier: await api.dossiers.my({ dossierId: id }) };
  });
  return found.draft ? <DraftTasks draft={found.draft} /> : <DossierStatus dossier={found.dossier} />;
}
