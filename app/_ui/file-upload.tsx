'use client';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { buttonLook } from './button-look.ts';
import { FileField, type FileFieldProps } from './file-field.tsx';
import { FormContext } from './form-context.tsx';
import { inPiecesFrom, type PieceTarget, sendInPieces } from './send-in-pieces.ts';
import { type Answer, sendWithProgress } from './send-with-progress.ts';
import { useKitText } from './texts.tsx';
import { keepAllTyped } from './typed-input.ts';
import { untouched } from './types.ts';

export interface FileUploadProps extends FileFieldProps {
  /** the route the file is posted to, e.g. `/api/files` */
  action: string;
  /** further fields of the form, e.g. the dossier and the paper */
  hidden?: Record<string, string>;
  /** a large file goes in pieces to this route, for this target; a broken line is waited for */
  pieces?: { url: string; target: PieceTarget };
  /** where a page takes several: tells this one's input from the others' */
  id?: string;
  /** words of the button */
  button?: ReactNode;
}

/**
 * Sends files to a route: a plain multipart POST without JavaScript (the route answers 303), with it progress and
 * cancel. With `Accept: application/json` the route answers `{ "location": "/…" }` (else the page reloads) or a `problem`.
 */
export function FileUpload({ action, hidden = {}, pieces, id, button, error, ...field }: FileUploadProps) {
  const text = useKitText();
  const [share, setShare] = useState<number>();
  const [wrong, setWrong] = useState(error);
  const [waiting, setWaiting] = useState(false);
  const running = useRef<{ abort: () => void }>(null);

  const whole = (data: FormData): Promise<Answer> => {
    const { request, done } = sendWithProgress(action, data, setShare);
    running.current = request;
    return done;
  };
  const inPieces = (file: File): Promise<Answer> => {
    const stop = new AbortController();
    running.current = stop;
    const { url, target } = pieces!;
    return sendInPieces(url, file, target, { onShare: setShare, onWait: setWaiting, signal: stop.signal });
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (running.current) return;
    setWrong(undefined);
    setShare(0);
    const data = new FormData(event.currentTarget);
    const file = data.get(field.name);
    const answer =
      pieces && file instanceof File && file.size >= inPiecesFrom ? await inPieces(file) : await whole(data);
    running.current = null;
    setWaiting(false);
    if (answer.kind === 'moved') {
      // another form of the page may hold what was typed a moment ago
      await keepAllTyped();
      return window.location.assign(answer.to);
    }
    setShare(undefined);
    if (answer.kind === 'refused') setWrong(answer.detail ?? text('uploadFailed'));
    if (answer.kind === 'lost') setWrong(text('uploadFailed'));
  };
  return (
    <form className="form" action={action} method="post" encType="multipart/form-data" onSubmit={submit} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormContext value={{ state: untouched, pending: false, form: id }}>
        <FileField {...field} error={wrong} />
      </FormContext>
      {share !== undefined && (
        <div role="status" className="stack">
          <progress max={1} value={share} aria-label={text('uploading', { percent: Math.floor(share * 100) })} />
          <p className="hint">
            {waiting
              ? text('uploadWaiting', { percent: Math.floor(share * 100) })
              : share < 1
                ? text('uploading', { percent: Math.floor(share * 100) })
                : text('checking')}
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
