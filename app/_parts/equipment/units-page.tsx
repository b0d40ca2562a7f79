import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { pageIn, textIn } from '#app/_ui/address.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Select } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';
import { ListUnits } from '#server/equipment/inputs.ts';
import { unitStatuses } from '#server/equipment/rules.ts';
import { UnitTable } from './unit-table.tsx';

export type UnitSearch = Record<string, string | string[] | undefined>;

/** The machines one may see, narrowed by what the address says. `base` is the page it stands on. */
export async function UnitsPart({ base, search }: { base: string; search: UnitSearch }) {
  const text = (name: string) => textIn(search, name);
  const { shape } = ListUnits;
  const facilityId = shape.facilityId.safeParse(text('facility') || undefined).data;
  const status = shape.status.safeParse(text('status') || undefined).data;
  const overdue = text('due') === 'overdue';
  const page = pageIn(search);
  const list = await read((api) =>
    api.equipment.units({
      page,
      ...(facilityId ? { facilityId } : {}),
      ...(status ? { status } : {}),
      ...(overdue ? { overdue } : {}),
    }),
  );
  const t = await getTranslations('equipment');
  const kept = { facility: facilityId ?? '', status: status ?? '', due: overdue ? 'overdue' : '' };
  const href = (to: number) => `${base}?${new URLSearchParams({ ...kept, page: String(to) })}`;
  return (
    <div className="stack-l">
      <FilterForm action={base} label={t('list.title')} hidden={facilityId ? { facility: facilityId } : {}}>
        <Select
          name="status"
          label={t('list.status')}
          empty={t('list.inUse')}
          options={unitStatuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
          defaultValue={kept.status}
        />
        <Select
          name="due"
          label={t('list.due')}
          empty={t('list.anyDue')}
          options={[{ value: 'overdue', label: t('list.overdue') }]}
          defaultValue={kept.due}
        />
      </FilterForm>
      {facilityId && list.mayAdd && (
        <p>
          <LinkButton href={`${base}/new/${facilityId}`}>{t('officeLinks.add')}</LinkButton>
        </p>
      )}
      <p role="status">{t('list.found', { count: list.total })}</p>
      <UnitTable units={list.items} base={base} />
      <Pagination page={list.page} pageSize={list.pageSize} total={list.total} href={href} />
    </div>
  );
}
