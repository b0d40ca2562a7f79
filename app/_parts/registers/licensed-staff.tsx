import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import type { LicensedPerson } from '#server/facilities/index.ts';

/** Who is licensed to practise at a facility, for everybody; nothing is shown where nobody was named. */
export function LicensedStaff({ staff }: { staff: LicensedPerson[] }) {
  const t = useTranslations('facilities.detail.staff');
  if (staff.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('title')}</h2>
      <DataTable
        caption={t('caption')}
        hideCaption
        columns={[
          { key: 'name', label: t('name') },
          { key: 'certificate', label: t('certificate') },
          { key: 'scope', label: t('scope') },
        ]}
        rows={staff.map(({ name, certificate, scope }) => ({
          id: `${certificate} ${name}`,
          cells: { name, certificate, scope: scope ?? '' },
        }))}
      />
    </section>
  );
}
