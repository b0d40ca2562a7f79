import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { StoredFileCard } from '#app/_parts/stored-file.tsx';
import { TimelineOf } from '#app/_parts/timeline-of.tsx';
import { caller, read } from '#app/_server/caller.ts';
import { uploadError } from '#app/_server/upload-error.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Button } from '#app/_ui/button.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { FileField } from '#app/_ui/file-field.tsx';
import { formatBytes, formatDateTime } from '#app/_ui/format.ts';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { PostForm } from '#app/_ui/post-form.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { Locale } from '#i18n/routing.ts';
import type { ThreadView } from '#server/dossiers/index.ts';
import { messageForm, messageLimits } from '#server/dossiers/rules.ts';
import { now } from '#server/platform/clock.ts';

import { dropAttachment } from './message-actions.ts';

type Search = Record<string, string | string[] | undefined>;

/** The conversation about a dossier and the form to write in it; looking at it marks it as read. */
export async function MessageThread({ id, base, search }: { id: string; base: string; search: Search }) {
  const [t, locale, error] = await Promise.all([
    getTranslations('correspondence'),
    getLocale() as Promise<Locale>,
    uploadError(search),
  ]);
  const thread = await read((api) => api.dossiers.thread({ dossierId: id }));
  if (thread.unread > 0) await (await caller()).dossiers.markThreadRead({ dossierId: id });
  return (
    <>
      <PageTitle
        above={thread.code}
        title={t(thread.side === 'applicant' ? 'open' : 'openOffice')}
        below={thread.title}
      />
      {search.sent === '1' && (
        <Notice tone="ok" status>
          {t('sent')}
        </Notice>
      )}
      {thread.closesAt && (
        <Notice tone="wait">
          {thread.canWrite ? t('closesAt', { at: formatDateTime(thread.closesAt) }) : t('closed')}
        </Notice>
      )}
      {thread.canWrite && <MessageForm thread={thread} back={localePath(locale, base)} error={error} />}
      <h2>{t('history')}</h2>
      <TimelineOf entries={thread.entries} now={now()} side={thread.side} />
    </>
  );
}

async function MessageForm({ thread, back, error }: { thread: ThreadView; back: string; error: string | undefined }) {
  const [t, locale] = await Promise.all([getTranslations('correspondence'), getLocale() as Promise<Locale>]);
  const { files: maximum, upload, text: longest } = messageLimits;
  const { text, files } = thread.draft;
  return (
    <section className="card stack" aria-labelledby="write">
      <h2 id="write">{t('write')}</h2>
      {error && (
        <Notice tone="late" status>
          {error}
        </Notice>
      )}
      {files.map((file) => (
        <StoredFileCard
          key={file.fileId}
          file={file}
          own
          detail={formatBytes(file.size, locale)}
          actions={
            <ActionForm
              action={dropAttachment.bind(null, { dossierId: thread.id, fileId: file.fileId })}
              id={`drop-${file.fileId}`}
              className=""
            >
              <SubmitButton kind="quiet" small>
                {t('remove')} <span className="hidden-text">{file.name}</span>
              </SubmitButton>
            </ActionForm>
          }
        />
      ))}
      <PostForm action={`/api/dossiers/${thread.id}/messages?back=${back}/messages`} name={messageForm}>
        <input type="hidden" name="messageKey" value={randomUUID()} />
        <TextArea
          name="text"
          label={t('text')}
          hint={`${t('textHint', { maximum: longest })}${thread.side === 'office' ? ` ${t('officeHint')}` : ''}`}
          rows={5}
          maxLength={longest}
          defaultValue={text}
        />
        {files.length < maximum && (
          <FileField
            name="file"
            label={t('files')}
            hint={t('filesHint', {
              accepted: 'PDF, JPG, PNG',
              megabytes: Math.floor(upload.maxBytes / 1_048_576),
              files: maximum,
            })}
            accept={upload.accepts.join(',')}
            multiple
            optional
          />
        )}
        <p className="actions row">
          <Button name="intent" value="send">
            {t('send')}
          </Button>
          <Button kind="quiet" name="intent" value="attach">
            {t('attach')}
          </Button>
        </p>
      </PostForm>
    </section>
  );
}
