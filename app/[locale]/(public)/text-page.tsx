import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Page } from '#app/_ui/frame.tsx';

export type TextPageName = 'help' | 'privacy' | 'accessibility';

interface Section {
  id: string;
  title: string;
  text?: string[];
  list?: string[];
}

export async function textPageMetadata(name: TextPageName) {
  const t = await getTranslations(`help.${name}`);
  return { title: t('title'), description: t('lead') };
}

/** A page to read: what it is about, its parts, and links to each. */
export function TextPage({ name }: { name: TextPageName }) {
  const t = useTranslations(`help.${name}`);
  const common = useTranslations('ui.nav');
  const sections = t.raw('sections') as Section[];
  return (
    <Page>
      <div className="columns">
        <div className="prose">
          <h1>{t('title')}</h1>
          <p className="lead">{t('lead')}</p>
          {sections.map((section) => (
            <section key={section.id} id={section.id} className="prose">
              <h2>{section.title}</h2>
              {section.text?.map((paragraph) => (
                <p key={paragraph}>{paragraph}</p>
              ))}
              {section.list && (
                <ul>
                  {section.list.map((item) => (
                    <li key={item}>{item}</li>
                  ))}
                </ul>
              )}
            </section>
          ))}
        </div>
        <nav className="card onpage" aria-label={common('onPage')}>
          <h2 className="hint">{common('onPage')}</h2>
          <ul>
            {sections.map((section) => (
              <li key={section.id}>
                <a href={`#${section.id}`}>{section.title}</a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </Page>
  );
}
