import { cache } from 'react';
import { read } from './caller.ts';

/** What a page about one entry and its title both tell of, asked for once a request. */
export const registerEntry = cache((register: 'facilities' | 'drugs' | 'recalls', id: string) =>
  read((api) => api.registers.entry({ register, id })),
);

/** A facility as anybody may see it. */
export const publicFacility = cache((id: string) => read((api) => api.facilities.get({ id })));

/** The same with what officials see of it. */
export const officeFacility = cache((id: string) => read((api) => api.facilities.getForOffice({ id })));

/** A facility whose place is in doubt. */
export const placeInDoubt = cache((id: string) => read((api) => api.facilities.place({ id })));

/** A proposed change. */
export const changeRequest = cache((requestId: string) => read((api) => api.registers.request({ requestId })));

/** What the public says of an entry. */
export const suggestion = cache((suggestionId: string) => read((api) => api.registers.suggestion({ suggestionId })));

/** One receiver of changes, with a page of its log. */
export const webhookWithLog = cache((webhookId: string, page: number) =>
  read((api) => api.exchange.webhook({ webhookId, page })),
);
