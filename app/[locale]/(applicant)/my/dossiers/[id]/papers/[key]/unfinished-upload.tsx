import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { cancelUpload } from '../../actions.ts';

interface Props {
  upload: { id: string; name: string; size: number; received: number };
}

/** A file that came in part, on this page or another: how to go on, and a way to forget it. */
export function UnfinishedUpload({ upload: { id, name, size, received } }: Props) {
  const t = useTranslations('uploads.unfinished');
  return (
    <Notice tone="wait" title={t('title')}>
      <p>{t('hint', { name, percent: Math.floor((received / size) * 100) })}</p>
      <ActionForm action={cancelUpload.bind(null, id)} id={`cancel-${id}`} className="">
        <SubmitButton kind="quiet" small>
          {t('cancel')} <span className="hidden-text">{name}</span>
        </SubmitButton>
      </ActionForm>
    </Notice>
  );
}
