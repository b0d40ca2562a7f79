'use client';
import { FieldNotes, type FieldProps, fieldLook, LabelText } from './field.tsx';
import { useField } from './form-context.tsx';

export interface FileFieldProps extends FieldProps {
  /** e.g. `.pdf,image/jpeg` */
  accept?: string;
  multiple?: boolean;
  /** opens the camera on phones */
  camera?: boolean;
}

/** A file among other fields; the form must be `multipart/form-data` and go to a route, since actions stop at 1 MB. */
export function FileField(props: FileFieldProps) {
  const { name, label, hint, optional, question, error, accept, multiple, camera } = props;
  const field = useField(name, { hint, error });
  const words = (
    <label htmlFor={field.id}>
      <LabelText label={label} optional={optional} />
    </label>
  );
  return (
    <div className={fieldLook(field)}>
      {question ? <h1>{words}</h1> : words}
      <FieldNotes field={field} hint={hint} />
      <div className="file">
        <input
          {...field.described}
          id={field.id}
          name={name}
          type="file"
          accept={accept}
          multiple={multiple}
          capture={camera ? 'environment' : undefined}
        />
      </div>
    </div>
  );
}
