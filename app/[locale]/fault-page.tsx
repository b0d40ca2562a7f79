import { useTranslations } from 'next-intl';
import { LinkButton } from '#app/_ui/button.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';

/** What a person reads instead of the page: what happened, what to do, where help is. */
export function FaultPage({ kind }: { kind: 'notFound' | 'forbidden' }) {
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
