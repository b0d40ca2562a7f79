import { useTranslations } from 'next-intl';
import { LicenceTag } from '#app/_parts/registers/licence-tag.tsx';
import { OpenText } from '#app/_parts/registers/open-text.tsx';
import { Tag } from '#app/_ui/status.tsx';
import type { FoundFacility } from '#server/facilities/index.ts';
import { minutesUntil } from '#server/facilities/rules.ts';
import { now } from '#server/platform/clock.ts';

/** From how many minutes before its end an open door is told as about to close. */
const soon = 60;

/** Open or not at this minute, and whether the licence holds; a licence that holds is said in words only. */
export function Standing({ facility: { open, licence } }: { facility: FoundFacility }) {
  const t = useTranslations('map');
  const at = now();
  const status = licence?.status ?? null;
  const closing = open?.open && open.until && minutesUntil(open.until, at) <= soon ? open.until : null;
  return (
    <>
      {closing ? (
        <Tag tone="wait">{t('closing', { time: closing.time })}</Tag>
      ) : open ? (
        <OpenText state={open} />
      ) : null}{' '}
      {status === 'inForce' ? <span className="found-licence">{t('licensed')}</span> : <LicenceTag status={status} />}
    </>
  );
}
