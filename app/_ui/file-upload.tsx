'use client';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { buttonLook } from './button-look.ts';
import { FileField, type FileFieldProps } from './file-field.tsx';
import { type Answer, sendWithProgress } from './send-with-progress.ts';
import { useKitText } from './texts.tsx';

export interface FileUploadProps extends FileFieldProps {
  /** the route the file is posted to, e.g. `/api/files` */
  action: string;
  /** further fields of the form, e.g. the dossier and the paper */
  hidden?: Record<string, string>;
  /** words of the button */
  button?: ReactNode;
}

/**
 * Sends files to a route: a plain multipart POST without JavaScript (the route answers 303), with it progress and
 * cancel. With `Accept: application/json` the route answers `{ "location": "/…" }` (else the page reloads) or a `problem`.
 */
export function FileUpload({ action, hidden = {}, button, error, ...field }: FileUploadProps) {
  const text = useKitText();
  const [share, setShare] = useState<number>();
  const [wrong, setWrong] = useState(error);
  const running = useRef<XMLHttpRequest>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (running.current) return;
    setWrong(undefined);
    setShare(0);
    const { request, done } = sendWithProgress(action, new FormData(event.currentTarget), setShare);
    running.current = request;
    const answer: Answer = await done;
    running.current = null;
    if (answer.kind === 'moved') return window.location.assign(answer.to);
    setShare(undefined);
    if (answer.kind === 'refused') setWrong(answer.detail ?? text('uploadFailed'));
    if (answer.kind === 'lost') setWrong(text('uploadFailed'));
  };
  return (
    <form className="form" action={action} method="post" encType="multipart/form-data" onSubmit={submit} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FileField {...field} error={wrong} />
      {share !== undefined && (
        <div role="status" className="stack">
          <progress max={1} value={share} aria-label={text('uploading', { percent: Math.round(share * 100) })} />
          <p className="hint">
            {share < 1 ? text('uploading', { percent: Math.round(share * 100) }) : text('checking')}
          </p>
        </div>
      )}
      <div className="actions row">
        <button type="submit" className={buttonLook({})} aria-disabled={share !== undefined || undefined}>
          {button ?? text('upload')}
        </button>
        {share !== undefined && (
          <button type="button" className={buttonLook({ kind: 'quiet' })} onClick={() => running.current?.abort()}>
            {text('cancel')}
          </button>
        )}
      </div>
    </form>
  );
}
