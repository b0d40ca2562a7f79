import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { FilterForm } from '#app/_ui/filter-form.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Pagination } from '#app/_ui/pagination.tsx';

/** A register at the officials' desk: the words it is searched by, what was found (`children`), the way to a new entry for those who may. */
export function DeskList(props: {
  register: 'drugs' | 'recalls' | 'devices' | 'notices';
  title: string;
  intro: string;
  /** what is asked for in the field of words */
  label: string;
  q: string;
  list: { page: number; pageSize: number; total: number };
  found: string;
  mayAdd: readonly string[];
  children: ReactNode;
}) {
  const { register, title, q, list, mayAdd } = props;
  const t = useTranslations('registers.desk');
  const base = `/office/registers/${register}`;
  return (
    <>
      <PageTitle
        title={title}
        below={props.intro}
        actions={
          mayAdd.includes(register) && (
            <LinkButton href={`/office/registers/new/${register}`}>{t(`new.${register}`)}</LinkButton>
          )
        }
      />
      <div className="stack-l">
        <FilterForm action={base} label={title}>
          <TextField name="q" label={props.label} defaultValue={q} type="search" autoComplete="off" />
        </FilterForm>
        <p role="status">{props.found}</p>
        {props.children}
        <Pagination
          page={list.page}
          pageSize={list.pageSize}
          total={list.total}
          href={(to) => `${base}?${new URLSearchParams({ q, page: String(to) })}`}
        />
      </div>
    </>
  );
}
