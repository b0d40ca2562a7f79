import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { EmptyState } from '#app/_ui/status.tsx';
import type { FoundCode, NamedCode } from '#server/nomenclatures/index.ts';
import type { Nomenclature } from '#server/nomenclatures/rules.ts';

/** The name of a code in the reader's language, or in the one the list has. */
export const nameOfCode = ({ name, nameEn }: NamedCode, locale: string): string =>
  (locale === 'vi' ? (name ?? nameEn) : (nameEn ?? name)) ?? '';

/** Codes, each with everything it stands under; a code others stand under leads to them. */
export function CodeTree(props: { system: Nomenclature; codes: FoundCode[]; locale: string }) {
  const { system, codes, locale } = props;
  const t = useTranslations('nomenclatures');
  const hrefTo = (code: string) => `/registers/nomenclatures?${new URLSearchParams({ system, under: code })}`;
  return (
    <DataTable
      caption={t('title')}
      hideCaption
      empty={<EmptyState title={t('none')}>{t('noneHint')}</EmptyState>}
      columns={[
        { key: 'code', label: t('code') },
        { key: 'name', label: t('name') },
        { key: 'parents', label: t('parents') },
        ...(system === 'emdn' ? [{ key: 'devices', label: t('devices') }] : []),
      ]}
      rows={codes.map((each) => ({
        id: each.code,
        cells: {
          code: each.leads ? <Link href={hrefTo(each.code)}>{each.code}</Link> : each.code,
          name: nameOfCode(each, locale),
          parents:
            each.parents.length === 0
              ? '–'
              : each.parents.map((parent) => (
                  <p key={parent.code}>
                    <Link href={hrefTo(parent.code)}>{parent.code}</Link> {nameOfCode(parent, locale)}
                  </p>
                )),
          devices: (
            <Link href={`/registers/devices?${new URLSearchParams({ emdn: each.code })}`}>
              {t('devicesOf', { code: each.code })}
            </Link>
          ),
        },
      }))}
    />
  );
}
