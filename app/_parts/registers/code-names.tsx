import { useLocale, useTranslations } from 'next-intl';
import { Link } from '#app/_ui/link.tsx';
import type { NamedCode } from '#server/nomenclatures/index.ts';
import type { Nomenclature } from '#server/nomenclatures/rules.ts';
import { nameOfCode } from './code-tree.tsx';

/** What the codes of an entry mean, where their list is loaded; else that it is not. */
export function CodeNames(props: {
  system: Nomenclature;
  codes: readonly string[];
  found: { loaded: boolean; names: NamedCode[] };
}) {
  const { system, codes, found } = props;
  const t = useTranslations('nomenclatures');
  const locale = useLocale();
  if (codes.length === 0) return null;
  if (!found.loaded) return <p className="hint">{t('notLoadedFor', { list: t(`systems.${system}`) })}</p>;
  const names = new Map(found.names.map((each) => [each.code, nameOfCode(each, locale)]));
  return (
    <div className="stack">
      {codes.map((code) => (
        <p key={code}>
          <Link href={`/registers/nomenclatures?${new URLSearchParams({ system, q: code })}`}>{code}</Link>:{' '}
          {names.get(code) ?? t('unknown')}
        </p>
      ))}
    </div>
  );
}
