/** Who works on dossiers; personnel, the scheme and the administration keep other books. */
export const dossierRoles = ['one-stop', 'officer', 'inspector', 'head', 'leader', 'clerk', 'registrar'] as const;
/** What an official may be entrusted with. The contract's demo roles business and citizen are applicants and hold no grant. */
export const roles = [...dossierRoles, 'hr', 'scheme', 'admin'] as const;
export type Role = (typeof roles)[number];
