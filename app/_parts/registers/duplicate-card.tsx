import { useLocale, useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Radios } from '#app/_ui/choices.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Details, Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { FormAction } from '#app/_ui/types.ts';
import type { DuplicatePair } from '#server/registers/index.ts';
import { useFieldTexts } from './field-texts.tsx';

/** Two entries side by side, field by field, and what a person may say of them. */
export function DuplicateCard(props: { pair: DuplicatePair; merge: FormAction; keepApart: FormAction }) {
  const { pair, merge, keepApart } = props;
  const t = useTranslations('registers');
  const locale = useLocale();
  const { labelOf, textOf } = useFieldTexts(pair.register);
  const [first, second] = pair.sides;
  const heading = t('duplicates.pair', { first: first.title, second: second.title });
  const why = pair.reasons.map((reason) => t(`alike.${reason}` as 'alike.sameNumber')).join('; ');
  const link = (id: string, words: string) => <Link href={`/registers/${pair.register}/${id}/history`}>{words}</Link>;
  // a place is read by its name, with its code
  const said = (name: string, text: string, unit: { name: string; nameEn: string } | null) =>
    unit ? `${locale === 'vi' ? unit.name : unit.nameEn} (${text})` : textOf(name, text) || t('history.nothing');
  return (
    <section className="stack">
      <h2>{heading}</h2>
      <p>{t('duplicates.why', { why })}</p>
      <p className="row">
        {link(first.id, t('duplicates.first'))} {link(second.id, t('duplicates.second'))}
      </p>
      <DataTable
        caption={heading}
        hideCaption
        columns={[
          { key: 'field', label: t('duplicates.field') },
          { key: 'first', label: t('duplicates.first') },
          { key: 'second', label: t('duplicates.second') },
        ]}
        rows={pair.fields.map(({ name, texts, units, differs }) => ({
          id: name,
          cells: {
            field: (
              <>
                {labelOf(name)} {differs && <Tag tone="wait">{t('duplicates.differs')}</Tag>}
              </>
            ),
            first: said(name, texts[0], units[0]),
            second: said(name, texts[1], units[1]),
          },
        }))}
      />
      {pair.request ? (
        <Notice>
          {t.rich('duplicates.waits', {
            number: pair.request.number,
            link: (words) => <Link href={`/office/registers/requests/${pair.request?.id}`}>{words}</Link>,
          })}
        </Notice>
      ) : (
        <>
          <Details summary={t('duplicates.merge')}>
            <ActionForm action={merge} label={`${t('duplicates.merge')}: ${heading}`}>
              <Radios
                name="keep"
                label={t('duplicates.keep')}
                defaultValue="first"
                options={[
                  { value: 'first', label: t('duplicates.keepFirst', { title: first.title }) },
                  { value: 'second', label: t('duplicates.keepSecond', { title: second.title }) },
                ]}
              />
              <TextField name="reason" label={t('duplicates.reason')} autoComplete="off" />
              <SubmitButton>{t('duplicates.merge')}</SubmitButton>
            </ActionForm>
          </Details>
          <Details summary={t('duplicates.apart')}>
            <ActionForm action={keepApart} label={`${t('duplicates.apart')}: ${heading}`}>
              <TextField name="note" label={t('duplicates.apartNote')} autoComplete="off" />
              <SubmitButton kind="quiet">{t('duplicates.apart')}</SubmitButton>
            </ActionForm>
          </Details>
        </>
      )}
    </section>
  );
}
