import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '#app/_ui/button.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';

/** 404: also the answer for what one may not see. 403: one may see this, but not do it. */
type Kind = 'notFound' | 'forbidden';

export const faultMetadata = async (kind: Kind): Promise<Metadata> => ({
  title: (await getTranslations(`fault.${kind}`))('title'),
});

/**
 * What a person reads instead of the page: what happened, what to do, where help is. The framework sends it with every page
 * of an area, in case it is needed: it stands inside the area's frame and has none of its own.
 */
export function FaultPage({ kind }: { kind: Kind }) {
  const t = useTranslations(`fault.${kind}`);
  const common = useTranslations('fault');
  return (
    <Page>
      <div className="fault prose">
        <p className="code">{t('code')}</p>
        <h1>{t('title')}</h1>
        <p>{t('text')}</p>
        <ul>
          {(['first', 'second'] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        <div className="row">
          <LinkButton href="/">{common('home')}</LinkButton>
          <Link href="/help#contact">{common('contact')}</Link>
        </div>
      </div>
    </Page>
  );
}
