import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { formatDate, formatDateTime, formatMoney } from '#app/_ui/format.ts';
import { Facts } from '#app/_ui/lists.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { Books } from '#server/payments/index.ts';
import { resolveMismatch } from '../actions.ts';

/** One difference between books and bank, or between two statements: what each says, and how it was or may be settled. */
export function MismatchCard({ mismatch }: { mismatch: Books['mismatches'][number] }) {
  const t = useTranslations('refunds.books');
  const sum = (amount: number | null) => (amount === null ? t('nothing') : formatMoney(amount));
  const said = (day: string, amount: number | null, content: string | null) =>
    [formatDate(day), sum(amount), content].filter(Boolean).join(' · ');
  const { resolution, resolvedAt, before } = mismatch;
  return (
    <Card title={t(`kinds.${mismatch.kind}`)}>
      <Facts
        items={[
          { label: t('reference'), value: mismatch.bankReference },
          ...(before
            ? [
                { label: t('saidBefore'), value: said(before.day, before.amount, before.content) },
                { label: t('saidNow'), value: said(mismatch.day, mismatch.bankAmount, mismatch.content) },
              ]
            : [
                { label: t('day'), value: formatDate(mismatch.day) },
                { label: t('atBank'), value: sum(mismatch.bankAmount) },
                { label: t('inBooks'), value: sum(mismatch.bookAmount) },
                ...(mismatch.content ? [{ label: t('content'), value: mismatch.content }] : []),
              ]),
          ...(resolution && resolvedAt
            ? [
                { label: t('resolution'), value: t(`resolutions.${resolution}`) },
                { label: t('note'), value: mismatch.note ?? '' },
                { label: t('by'), value: `${mismatch.resolvedByName ?? ''}, ${formatDateTime(resolvedAt)}` },
              ]
            : []),
        ]}
      />
      {mismatch.resolutions.length > 0 && (
        <ActionForm
          action={resolveMismatch.bind(null, mismatch.id)}
          label={t('resolve')}
          id={`m-${mismatch.id}`}
          fold={{ summary: t('resolve') }}
        >
          <Radios
            name="resolution"
            label={t('resolution')}
            options={mismatch.resolutions.map((value) => ({ value, label: t(`resolutions.${value}`) }))}
            {...(mismatch.resolutions.length === 1 ? { defaultValue: mismatch.resolutions[0] as string } : {})}
          />
          <TextArea name="note" label={t('note')} rows={2} />
          <SubmitButton kind="quiet">{t('resolve')}</SubmitButton>
        </ActionForm>
      )}
    </Card>
  );
}
