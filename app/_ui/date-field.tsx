'use client';
import { FieldNotes, type FieldProps, fieldLook, LabelText } from './field.tsx';
import { useField } from './form-context.tsx';
import { useKitText } from './texts.tsx';

const parts = [
  { key: 'day', width: 'w2' },
  { key: 'month', width: 'w2' },
  { key: 'year', width: 'w4' },
] as const;

/**
 * A date typed in three inputs named `<name>.day`, `<name>.month`, `<name>.year`; read it with `readDate`.
 * @param props.defaultValue `yyyy-mm-dd`
 */
export function DateField(props: FieldProps & { defaultValue?: string | undefined; birthday?: boolean }) {
  const { name, label, hint, optional, question, error, defaultValue = '', birthday } = props;
  const text = useKitText();
  const field = useField(name, { hint: hint ?? true, error });
  const [year = '', month = '', day = ''] = defaultValue.split('-');
  const given = { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year };
  const words = <LabelText label={label} optional={optional} />;
  return (
    <fieldset className={fieldLook(field, question)} aria-describedby={field.described['aria-describedby']}>
      <legend>{question ? <h1>{words}</h1> : words}</legend>
      <FieldNotes field={field} hint={hint ?? text('dateHint')} />
      <div className="date">
        {parts.map(({ key, width }) => (
          <Part
            key={key}
            name={`${name}.${key}`}
            id={key === 'day' ? field.id : `${field.id}-${key}`}
            label={text(key)}
            width={width}
            defaultValue={given[key]}
            wrong={field.error !== undefined}
            autoComplete={birthday ? `bday-${key}` : undefined}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface PartProps {
  name: string;
  id: string;
  label: string;
  width: string;
  defaultValue: string;
  wrong: boolean;
  autoComplete: string | undefined;
}

function Part({ name, id, label, width, defaultValue, wrong, autoComplete }: PartProps) {
  const { value } = useField(name, { defaultValue });
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        className={`input ${width}`}
        inputMode="numeric"
        autoComplete={autoComplete ?? 'off'}
        defaultValue={value}
        aria-invalid={wrong || undefined}
      />
    </div>
  );
}
