import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { SuggestionLine } from '#server/registers/index.ts';

/** What the public says of entries, each leading to its page. */
export function SuggestionTable({ suggestions }: { suggestions: SuggestionLine[] }) {
  const t = useTranslations('registers');
  return (
    <DataTable
      caption={t('desk.suggestions')}
      hideCaption
      empty={<p className="hint">{t('desk.noSuggestions')}</p>}
      columns={[
        { key: 'number', label: t('desk.number') },
        { key: 'entry', label: t('desk.entry') },
        { key: 'words', label: t('desk.words') },
        { key: 'at', label: t('desk.at') },
        { key: 'state', label: t('desk.state') },
      ]}
      rows={suggestions.map((one) => ({
        id: one.id,
        cells: {
          number: <Link href={`/office/registers/suggestions/${one.id}`}>{one.number}</Link>,
          entry: one.title,
          words: one.words.length > 120 ? `${one.words.slice(0, 117)}…` : one.words,
          at: <DateText value={one.createdAt} time />,
          state: <Tag tone={one.state === 'received' ? 'wait' : 'plain'}>{t(`suggestionStates.${one.state}`)}</Tag>,
        },
      }))}
    />
  );
}
