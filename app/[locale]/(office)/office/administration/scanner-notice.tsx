import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { Notice } from '#app/_ui/status.tsx';

/** Whether uploaded files are shown to a malware scanner; plainly, when they are not. */
export async function ScannerNotice() {
  const t = await getTranslations('uploads.administration');
  const { address, ...counts } = await read((api) => api.exchange.scannerStatus({}));
  return (
    <Notice tone={address ? 'info' : 'wait'} title={t('title')}>
      <p>{address ? t('configured', { address }) : t('unconfigured')}</p>
      <p className="hint">{t('counts', counts)}</p>
    </Notice>
  );
}
