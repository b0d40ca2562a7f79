import { useLocale, useTranslations } from 'next-intl';
import { formatDate } from '#app/_ui/format.ts';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import type { LicenceView } from '#server/facilities/index.ts';
import { LicenceTag } from './licence-tag.tsx';

/** One licence: status first, then number, issuer, validity, and the way to the signed document. */
export function LicenceFacts({ licence, links }: { licence: LicenceView; links: Record<string, string> }) {
  const verifyHref = licence.documentId ? links[licence.documentId] : undefined;
  const t = useTranslations('facilities');
  const locale = useLocale();
  const { validFrom, validTo } = licence;
  const from = formatDate(validFrom);
  const issuer = locale === 'vi' ? licence.issuedBy.name : (licence.issuedBy.nameEn ?? licence.issuedBy.name);
  const kind = t.has(`licenceKinds.${licence.kind}` as 'licenceKinds.pharmacy-eligibility')
    ? t(`licenceKinds.${licence.kind}` as 'licenceKinds.pharmacy-eligibility')
    : licence.kind;
  return (
    <div className="stack">
      <p>
        <LicenceTag status={licence.status} />
      </p>
      {licence.status === 'suspended' && (
        <p>
          {licence.suspendedUntil
            ? t('detail.suspendedUntil', { date: formatDate(licence.suspendedUntil) })
            : t('detail.suspendedOpen')}
        </p>
      )}
      <Facts
        items={[
          { label: t('detail.document'), value: kind },
          { label: t('detail.number'), value: licence.number },
          { label: t('detail.issuedBy'), value: issuer },
          { label: t('detail.issuedOn'), value: <DateText value={licence.issuedOn} /> },
          {
            label: t('detail.validity'),
            value: validTo ? t('detail.fromTo', { from, to: formatDate(validTo) }) : t('detail.from', { from }),
          },
        ]}
      />
      {verifyHref && (
        <p>
          <Link href={verifyHref}>{t('detail.verify')}</Link>
        </p>
      )}
    </div>
  );
}
