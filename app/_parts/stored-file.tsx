import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DocumentCard } from '#app/_ui/cards.tsx';
import { Tag } from '#app/_ui/status.tsx';
import { fileKind } from './file-kind.ts';

interface Props {
  file: {
    fileId: string;
    name: string;
    mediaType: string;
    scan: 'own' | 'unchecked' | 'pending' | 'clean' | 'quarantined';
  };
  title?: ReactNode;
  detail?: ReactNode;
  actions?: ReactNode;
  /** who uploaded it may open it while it is being checked */
  own?: boolean;
}

/** A file somebody handed in: it opens once the malware scanner has let it pass, and says so while it has not. */
export function StoredFileCard({ file, title, detail, actions, own = false }: Props) {
  const t = useTranslations('uploads.scan');
  const opens = file.scan !== 'quarantined' && (own || file.scan !== 'pending');
  const tag =
    file.scan === 'pending' ? (
      <Tag tone="wait">{t('pending')}</Tag>
    ) : file.scan === 'quarantined' ? (
      <Tag tone="late">{t('quarantined')}</Tag>
    ) : undefined;
  const hint = own && tag && t(file.scan === 'pending' ? 'pendingHint' : 'quarantinedHint');
  return (
    <DocumentCard
      title={title ?? file.name}
      kind={fileKind(file.mediaType)}
      {...(opens ? { href: `/api/files/${file.fileId}` } : {})}
      {...(tag ? { tag } : {})}
      detail={
        hint ? (
          <>
            {detail} {hint}
          </>
        ) : (
          detail
        )
      }
      actions={actions}
    />
  );
}
