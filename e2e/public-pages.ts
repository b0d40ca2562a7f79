/** The pages anybody may open, as far as they have an address of their own. */
export const publicPages = [
  '/',
  '/procedures',
  '/procedures?q=nha%20thuoc',
  '/procedures/pharmacy-eligibility',
  '/procedures/pharmacy-eligibility/guide',
  '/registers/facilities',
  '/registers/drugs',
  '/registers/recalls',
  '/registers/places',
  '/registers/devices',
  '/registers/notices',
  '/registers/nomenclatures',
  '/map?view=list',
  '/map/indicators',
  '/track',
  '/verify',
  '/sign-in',
  '/sign-up',
  '/sign-out',
  '/forgot-password',
  '/reset-password',
  '/confirm-email',
  '/link-account',
  '/help',
  '/privacy',
  '/accessibility',
  '/demo/mailbox',
] as const;

/** Budgets of a public page, bytes over the wire (docs/architecture.md). */
export const budgets = { script: 170_000, stylesheet: 20_000, font: 50_000 } as const;
