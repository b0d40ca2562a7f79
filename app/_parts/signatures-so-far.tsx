import { getTranslations } from 'next-intl/server';
import { formatDateTime } from '#app/_ui/format.ts';
import { Facts } from '#app/_ui/lists.tsx';
import type { OfficeResult } from '#server/dossiers/index.ts';

/** Who has signed a document so far, and the fingerprint of the bytes that stand now. */
export async function SignaturesSoFar({ result }: { result: OfficeResult }) {
  const t = await getTranslations('dossiers.office');
  const print = result.sha256.match(/.{4}/g) ?? [];
  return (
    <Facts
      items={[
        { label: t('draftedBy'), value: result.draftedByName },
        ...result.signatures.map((each) => ({
          label: t(`fields.${each.field}`),
          value: `${each.signerName}, ${formatDateTime(each.at)}`,
        })),
        {
          label: t('fingerprint'),
          value: <code className="code">{`${print.slice(0, 4).join(' ')} … ${print.at(-1)}`}</code>,
        },
      ]}
    />
  );
}
