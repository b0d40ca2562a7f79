import { useTranslations } from 'next-intl';
import { Shortcuts } from '#app/_ui/shortcuts.tsx';

/** The keys of the queue. */
export function QueueShortcuts() {
  const t = useTranslations('queue.keys');
  return (
    <Shortcuts
      title={t('title')}
      shortcuts={[
        { keys: 'j', label: t('next'), act: { kind: 'row', by: 1 } },
        { keys: 'k', label: t('previous'), act: { kind: 'row', by: -1 } },
        { keys: 'x', label: t('choose'), act: { kind: 'tick' } },
        { keys: 'a', label: t('chooseAll'), act: { kind: 'press', selector: '[data-choose-all]' } },
        { keys: 'c', label: t('claim'), act: { kind: 'press', selector: 'button[name=act][value=claim]' } },
        { keys: 'r', label: t('release'), act: { kind: 'press', selector: 'button[name=act][value=release]' } },
        { keys: '/', label: t('search'), act: { kind: 'focus', selector: 'main input[type=search]' } },
        { keys: 'n', label: t('nextPage'), act: { kind: 'press', selector: '.pages a[rel=next]' } },
        { keys: 'p', label: t('previousPage'), act: { kind: 'press', selector: '.pages a[rel=prev]' } },
        { keys: 'g m', label: t('toMine'), act: { kind: 'go', href: '/office' } },
        { keys: 'g u', label: t('toUnit'), act: { kind: 'go', href: '/office/unit' } },
        { keys: 'g l', label: t('toLate'), act: { kind: 'go', href: '/office/late' } },
        { keys: 'g d', label: t('toDossiers'), act: { kind: 'go', href: '/office/dossiers' } },
      ]}
    />
  );
}
