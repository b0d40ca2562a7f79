import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from './link.tsx';

export interface Column {
  key: string;
  label: string;
  /** right-aligned numerals */
  number?: boolean;
  /** address of this list sorted by this column */
  sortHref?: string;
  sorted?: 'ascending' | 'descending';
}

export interface Row {
  id: string;
  /** a cell per column key; the first column names the row */
  cells: Record<string, ReactNode>;
  late?: boolean;
  /** what a tick chooses, in words; needed with `select` */
  name?: string;
}

export interface DataTableProps {
  caption: string;
  hideCaption?: boolean;
  columns: Column[];
  rows: Row[];
  /** ticks that send `name=<row id>` with the form around */
  select?: { name: string };
  /** shown instead of a table without rows */
  empty?: ReactNode;
}

/** Rows and columns; on a phone each row becomes a card, unless it is a name and a number alone. Sorting is a link, so that it has an address. */
export function DataTable({ caption, hideCaption, columns, rows, select, empty }: DataTableProps) {
  const t = useTranslations('ui.table');
  if (rows.length === 0 && empty) return empty;
  const [first, ...rest] = columns;
  // a name and a number fit side by side on any screen
  const narrow = !select && rest.length === 1 && rest[0]!.number;
  return (
    <div className="table-box">
      <table className={narrow ? undefined : 'reflow'}>
        <caption>{hideCaption ? <span className="hidden-text">{caption}</span> : caption}</caption>
        <thead>
          <tr>
            {select && (
              <th scope="col" className="pick">
                <span className="hidden-text">{t('choose')}</span>
              </th>
            )}
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={row.late ? 'late' : undefined}>
              {select && (
                <td className="pick">
                  <input
                    type="checkbox"
                    name={select.name}
                    value={row.id}
                    aria-label={t('chooseRow', { name: row.name ?? row.id })}
                  />
                </td>
              )}
              {first && <th scope="row">{row.cells[first.key]}</th>}
              {rest.map((column) => (
                <td key={column.key} className={column.number ? 'number' : undefined} data-label={column.label}>
                  <div>{row.cells[column.key]}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell({ column }: { column: Column }) {
  const arrow = column.sorted === 'ascending' ? '↑' : '↓';
  return (
    <th scope="col" className={column.number ? 'number' : undefined} aria-sort={column.sorted}>
      {column.sortHref ? (
        <Link href={column.sortHref}>
          {column.label}
          {column.sorted && (
            <span className="sort" aria-hidden="true">
              {arrow}
            </span>
          )}
        </Link>
      ) : (
        column.label
      )}
    </th>
  );
}
