import en from '../messages/en/fault.json';
import vi from '../messages/vi/fault.json';
import { Mark } from './_ui/mark.tsx';

/** A fault where the language is not known: Vietnamese first, English below. */
export function BothLanguages({ kind }: { kind: 'notFound' | 'server' | 'unavailable' }) {
  return (
    <main id="main" className="wrap page">
      <a href="/" className="mark">
        <Mark />
        {vi.name}
      </a>
      {[vi, en].map((texts, index) => (
        <div key={texts.homeHref} lang={index === 0 ? 'vi' : 'en'} className="fault prose">
          <p className="code">{texts[kind].code}</p>
          {index === 0 ? <h1>{texts[kind].title}</h1> : <h2>{texts[kind].title}</h2>}
          <p>{texts[kind].text}</p>
          <ul>
            <li>{texts[kind].first}</li>
            <li>{texts[kind].second}</li>
          </ul>
          <p>
            <a href={texts.homeHref}>{texts.home}</a>
          </p>
        </div>
      ))}
    </main>
  );
}
