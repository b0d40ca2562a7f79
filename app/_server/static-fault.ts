import en from '../../messages/en/fault.json' with { type: 'json' };
import vi from '../../messages/vi/fault.json' with { type: 'json' };

export type FaultKind = 'notFound' | 'forbidden' | 'server' | 'unavailable' | 'unreadable' | 'address';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A fault in both languages, Vietnamese first, as HTML that needs no script; `/errors.css` dresses it. */
export function staticFault(kind: FaultKind, incident?: string): string {
  const part = (texts: typeof vi, lang: string, level: string) =>
    `<section lang="${lang}"><p>${texts[kind].code}</p><${level}>${texts[kind].title}</${level}>` +
    `<p>${texts[kind].text}</p><ul><li>${texts[kind].first}</li><li>${texts[kind].second}</li></ul>` +
    (incident ? `<p>${texts.incident} ${escaped(incident)}</p>` : '') +
    `<p><a href="${texts.homeHref}">${texts.home}</a> · <a href="${texts.helpHref}">${texts.contact}</a></p></section>`;
  return `<main id="main">${part(vi, 'vi', 'h1')}${part(en, 'en', 'h2')}</main>`;
}

/** The same as a page of its own. */
export const staticFaultPage = (kind: FaultKind, incident?: string): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${staticFaultTitle(kind)}</title><link rel="stylesheet" href="/errors.css"></head>` +
  `<body>${staticFault(kind, incident)}</body></html>`;

export const staticFaultTitle = (kind: FaultKind): string => `${vi[kind].title} · ${en[kind].title} · ${vi.name}`;
