'use client';
import { FieldNotes, type FieldProps, fieldLook, LabelText, type Option } from './field.tsx';
import { useField } from './form-context.tsx';

export interface ChoicesProps extends FieldProps {
  options: Option[];
  inline?: boolean;
}

function Choices(props: ChoicesProps & { kind: 'radio' | 'checkbox'; defaultValue?: string | string[] | undefined }) {
  const { name, label, hint, optional, question, error, options, inline, kind, defaultValue } = props;
  const field = useField(name, { hint, error, defaultValue });
  const words = <LabelText label={label} optional={optional} />;
  return (
    <fieldset
      className={fieldLook(field, question)}
      {...(field.described['aria-describedby'] ? { 'aria-describedby': field.described['aria-describedby'] } : {})}
    >
      <legend>{question ? <h1>{words}</h1> : words}</legend>
      <FieldNotes field={field} hint={hint} />
      {kind === 'checkbox' && <input type="hidden" name={`${name}.shown`} value="1" />}
      <div className={inline ? 'choices inline' : 'choices'}>
        {options.map((option, index) => {
          const id = index === 0 ? field.id : `${field.id}-${index}`;
          return (
            <div className="choice" key={option.value}>
              <input
                id={id}
                type={kind}
                name={name}
                value={option.value}
                defaultChecked={field.values.includes(option.value)}
                aria-describedby={option.hint ? `${id}-hint` : undefined}
              />
              <label htmlFor={id}>{option.label}</label>
              {option.hint && (
                <div className="hint" id={`${id}-hint`}>
                  {option.hint}
                </div>
              )}
              {option.more && <div className="more fields">{option.more}</div>}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

/** One of a few. */
export function Radios(props: ChoicesProps & { defaultValue?: string | undefined }) {
  return <Choices {...props} kind="radio" />;
}

/** Any of a few; the form sends the name once per tick, and `<name>.shown=1` to tell no tick from not asked. */
export function Checkboxes(props: ChoicesProps & { defaultValue?: string[] | undefined }) {
  return <Choices {...props} kind="checkbox" />;
}

/** One statement to tick, e.g. a declaration. Sends `on`. */
export function Checkbox(props: FieldProps & { defaultChecked?: boolean }) {
  const { name, label, hint, error, defaultChecked } = props;
  const field = useField(name, { hint, error, defaultValue: defaultChecked ? 'on' : undefined });
  return (
    <div className={fieldLook(field)}>
      <FieldNotes field={field} />
      <div className="choice">
        <input {...field.described} id={field.id} type="checkbox" name={name} defaultChecked={field.value === 'on'} />
        <label htmlFor={field.id}>{label}</label>
        {hint && (
          <div className="hint" id={field.hintId}>
            {hint}
          </div>
        )}
      </div>
    </div>
  );
}
