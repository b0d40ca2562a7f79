import { useTranslations } from 'next-intl';
import { LinkList } from '#app/_ui/lists.tsx';
import { WorkingDays } from '#app/_ui/time-text.tsx';

export interface UsedProcedure {
  slug: string;
  title: string;
  workingDays: number | null;
}

/** The procedures most people come for, with their time limits; nothing when there are none. */
export function MostUsed({ procedures }: { procedures: UsedProcedure[] }) {
  const t = useTranslations('home');
  if (procedures.length === 0) return null;
  return (
    <section aria-labelledby="most-used">
      <h2 id="most-used">{t('mostUsed')}</h2>
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
