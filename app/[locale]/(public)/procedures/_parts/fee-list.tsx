import { useLocale, useTranslations } from 'next-intl';
import { Money } from '#app/_ui/time-text.tsx';
import { inLanguage } from './in-language.ts';

/** What is to be paid, by case where it depends on one. */
export function FeeList({ fees }: { fees: { label: { vi: string; en: string } | null; amount: number }[] }) {
  const t = useTranslations('public');
  const say = inLanguage(useLocale());
  if (fees.every((fee) => fee.amount === 0)) return <p>{t('procedures.noFee')}</p>;
  if (fees.length === 1) {
    return (
      <p>
        <Money amount={fees[0]!.amount} />
      </p>
    );
  }
  return (
    <table>
      <caption className="hidden-text">{t('procedure.fee')}</caption>
      <tbody>
        {fees.map((fee) => (
          <tr key={fee.label?.vi ?? ''}>
            <th scope="row">{fee.label ? say(fee.label) : t('procedure.any')}</th>
            <td className="number">{fee.amount === 0 ? t('procedures.noFee') : <Money amount={fee.amount} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
