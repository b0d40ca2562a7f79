import { useTranslations } from 'next-intl';
import { LinkList } from '#app/_ui/lists.tsx';
import { WorkingDays } from '#app/_ui/time-text.tsx';

export interface LinkedProcedure {
  slug: string;
  title: string;
  workingDays: number | null;
}

/** Procedures with their time limits; nothing when there are none. */
export function ProcedureLinks({ procedures }: { procedures: LinkedProcedure[] }) {
  const t = useTranslations('home');
  if (procedures.length === 0) return null;
  return (
    <section aria-labelledby="procedure-links">
      <h2 id="procedure-links">{t('procedures')}</h2>
      <LinkList
        links={procedures.map(({ slug, title, workingDays }) => ({
          href: `/procedures/${slug}`,
          label: title,
          ...(workingDays === null ? {} : { remark: <WorkingDays days={workingDays} /> }),
        }))}
      />
    </section>
  );
}
