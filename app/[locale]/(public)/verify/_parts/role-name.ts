import { useTranslations } from 'next-intl';

/** The words for what a signature stands for. */
export function useRoleName(): (role: string | null) => string {
  const roles = useTranslations('signatures.roles');
  const t = useTranslations('public.verify.roles');
  return (role) => (role && roles.has(role as 'seal') ? roles(role as 'seal') : t('other'));
}
