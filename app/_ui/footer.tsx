import { useTranslations } from 'next-intl';
import { Link } from './link.tsx';

/** The foot of every page: help and contact always in the same place. */
export function Footer() {
  const t = useTranslations('ui');
  return (
    <footer className="foot">
      <div className="wrap">
        <div>
          <h2>{t('footer.helpTitle')}</h2>
          <p>{t('footer.helpText')}</p>
          <p>
            <Link href="/help">{t('footer.help')}</Link>
          </p>
        </div>
        <nav aria-label={t('footer.services')}>
          <h2>{t('footer.services')}</h2>
          <ul>
            <li>
              <Link href="/procedures">{t('nav.procedures')}</Link>
            </li>
            <li>
              <Link href="/track">{t('nav.track')}</Link>
            </li>
            <li>
              <Link href="/verify">{t('nav.verify')}</Link>
            </li>
            <li>
              <Link href="/open-data">{t('footer.openData')}</Link>
            </li>
            <li>
              <Link href="/registers/places">{t('footer.places')}</Link>
            </li>
            <li>
              <Link href="/registers/nomenclatures">{t('footer.nomenclatures')}</Link>
            </li>
          </ul>
        </nav>
        <nav aria-label={t('footer.about')}>
          <h2>{t('footer.about')}</h2>
          <ul>
            <li>
              <Link href="/privacy">{t('footer.privacy')}</Link>
            </li>
            <li>
              <Link href="/accessibility">{t('footer.accessibility')}</Link>
            </li>
            <li>
              <Link href="/help#contact">{t('footer.contact')}</Link>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
}
