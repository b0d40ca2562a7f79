import { useTranslations } from 'next-intl';

/** What is seen of a register as data: this result at the open interface, and the whole register as a file. `query`: in the interface's names. */
export function TakeAway(props: { register: 'facilities' | 'drugs' | 'devices'; query: Record<string, string> }) {
  const { register, query } = props;
  const t = useTranslations('registers.takeAway');
  const said = Object.entries(query).filter(([, value]) => value !== '');
  return (
    <p className="row">
      <a href={`/api/v1/${register}?${new URLSearchParams([...said, ['pageSize', '100']])}`}>{t('json')}</a>
      <a href={`/api/v1/open-data/${register}.csv`} download>
        {t('whole')}
      </a>
    </p>
  );
}
