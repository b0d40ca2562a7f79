import { notFound } from 'next/navigation';
import { cache } from 'react';
import { read } from './caller.ts';

/** What a page about one dossier and its title both tell of, asked for once a request. */
export const officeDossier = cache((dossierId: string) => read((api) => api.dossiers.office({ dossierId })));

/** The same on the applicant's side, of a dossier that is filed. */
export const myDossier = cache((dossierId: string) => read((api) => api.dossiers.my({ dossierId })));

/** The same of one that is not. */
export const myDraft = cache((dossierId: string) => read((api) => api.dossiers.draft({ dossierId })));

/** A draft and one page of its questions; not found where that is not asked. */
export const myQuestions = cache(async (dossierId: string, pageId: string) => {
  const draft = await myDraft(dossierId);
  const page = draft.form.pages.find((each) => each.id === pageId);
  if (!page || !draft.pages.some((each) => each.id === pageId)) notFound();
  return { draft, page };
});

/** The applicant's dossier, whichever it is. */
export const mine = cache(async (dossierId: string) =>
  (await read((api) => api.dossiers.kind({ dossierId }))).draft
    ? { draft: await myDraft(dossierId) }
    : { dossier: await myDossier(dossierId) },
);

/** The clock, for both sides. */
export const dossierClock = cache((dossierId: string) => read((api) => api.dossiers.clock({ dossierId })));

/** What the applicant is asked to answer; null when nothing waits. */
export const openRequest = cache((dossierId: string) => read((api) => api.dossiers.openRequest({ dossierId })));
