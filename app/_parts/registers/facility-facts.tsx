import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '#app/_ui/format.ts';
import { CheckAnswers } from '#app/_ui/lists.tsx';
import type { BedKind } from '#db/enums/facility-classification.ts';
import type { FacilityView } from '#server/facilities/index.ts';
import { addressOf } from './facility-table.tsx';

/** What the register says of a facility; what is not known is left out. */
export function FacilityFacts({ facility }: { facility: FacilityView }) {
  const t = useTranslations('facilities');
  const locale = useLocale();
  const { latitude, longitude, phone } = facility;
  const scope = facility.scope.map((key) =>
    t.has(`scope.${key}` as 'scope.vaccines') ? t(`scope.${key}` as 'scope.vaccines') : key,
  );
  const beds = Object.entries(facility.beds ?? {}).map(([kind, count]) =>
    t('detail.bedsOf', { kind: t(`beds.${kind as BedKind}`), count }),
  );
  const degrees = (value: number) => formatNumber(value, locale, 6);
  const facts = [
    { question: t('detail.code'), answer: facility.code },
    { question: t('detail.kind'), answer: t(`kinds.${facility.kind}`) },
    { question: t('detail.address'), answer: addressOf(facility, locale) },
    latitude !== null && longitude !== null
      ? {
          question: t('detail.place'),
          answer: t('detail.coordinates', { latitude: degrees(latitude), longitude: degrees(longitude) }),
        }
      : null,
    phone ? { question: t('detail.phone'), answer: <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a> } : null,
    facility.services.length > 0
      ? { question: t('detail.services'), answer: facility.services.map((key) => t(`services.${key}`)).join('; ') }
      : null,
    facility.specialities.length > 0
      ? {
          question: t('detail.specialities'),
          answer: facility.specialities.map((key) => t(`specialities.${key}`)).join('; '),
        }
      : null,
    facility.insurance.length > 0
      ? { question: t('detail.insurance'), answer: facility.insurance.map((key) => t(`insurance.${key}`)).join('; ') }
      : null,
    facility.level ? { question: t('detail.level'), answer: t(`levels.${facility.level}`) } : null,
    beds.length > 0 ? { question: t('detail.beds'), answer: beds.join('; ') } : null,
    facility.ownership ? { question: t('detail.ownership'), answer: t(`ownership.${facility.ownership}`) } : null,
    { question: t('detail.owner'), answer: facility.ownerName },
    facility.taxCode ? { question: t('detail.taxCode'), answer: facility.taxCode } : null,
    facility.professionalLead ? { question: t('detail.lead'), answer: facility.professionalLead } : null,
    scope.length > 0 ? { question: t('detail.scope'), answer: scope.join('; ') } : null,
  ];
  return <CheckAnswers answers={facts.filter((fact) => fact !== null)} />;
}
