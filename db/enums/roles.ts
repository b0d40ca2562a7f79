/** What an official may be entrusted with. The contract's demo roles business and citizen are applicants and hold no grant. */
export const roles = [
  'one-stop',
  'officer',
  'inspector',
  'head',
  'leader',
  'clerk',
  'registrar',
  'hr',
  'scheme',
  'admin',
] as const;
/** Who works on dossiers; personnel, the scheme and the administration keep other books. */
export const dossierRoles: readonly Role[] = [
  'one-stop',
  'officer',
  'inspector',
  'head',
  'leader',
  'clerk',
  'registrar',
];
export type Role = (typeof roles)[number];
