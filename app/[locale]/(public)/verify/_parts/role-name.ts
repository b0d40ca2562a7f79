import { useTranslations } from 'next-intl';

const names: Record<string, 'initial' | 'leader' | 'seal'> = { initial: 'initial', signature: 'leader', seal: 'seal' };

/** The words for what a signature stands for. */
export function useRoleName(): (role: string | null) => string {
  const t = useTranslations('signatures.roles');
  const other = useTranslations('public.verify.roles')('other');
  return (role) => {
    const name = role ? names[role] : undefined;
    return name ? t(name) : other;
  };
}
