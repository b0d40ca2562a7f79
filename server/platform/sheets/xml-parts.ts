/** What a part of XML is made of, told one after the other. Names are told without their prefix. */
export interface XmlListener {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its entities resolved: the five of XML and those by number. Others would need a document type, which is not read. */
export const plainText = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, name: string) =>
        name[0] !== '#' ? (entities[name] ?? whole) : letterOf(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1)),
      )
    : text;

const letterOf = (code: string): string => {
  const point = Number(code);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
};

/** The value of an attribute; null when it is not there. */
export function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found ? plainText(found[1] ?? found[2] ?? '') : null;
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Goes through XML once and tells what it is made of; builds nothing. Comments and instructions are passed over.
 * @throws Error at a document type, which nothing that is read here has
 */
export function walkXml(xml: string, listener: XmlListener): void {
  let at = 0;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    const end = open < 0 ? xml.length : open;
    if (end > at) listener.text(plainText(xml.slice(at, end)));
    if (open < 0) return;
    at = walkMark(xml, open, listener);
  }
}

/** @returns where what follows begins */
function walkMark(xml: string, open: number, listener: XmlListener): number {
  if (xml.startsWith('<!--', open)) return after(xml, '-->', open);
  if (xml.startsWith('<![CDATA[', open)) {
    const end = after(xml, ']]>', open);
    listener.text(xml.slice(open + 9, end - 3));
    return end;
  }
  if (xml[open + 1] === '!') throw new Error('the XML has a document type');
  if (xml[open + 1] === '?') return after(xml, '?>', open);
  const end = endOfTag(xml, open);
  if (xml[open + 1] === '/') {
    listener.close(withoutPrefix(xml.slice(open + 2, end).trim()));
    return end + 1;
  }
  const empty = xml[end - 1] === '/';
  const inside = xml.slice(open + 1, empty ? end - 1 : end);
  const space = inside.search(/\s/);
  const name = withoutPrefix(space < 0 ? inside : inside.slice(0, space));
  listener.open(name, space < 0 ? '' : inside.slice(space));
  if (empty) listener.close(name);
  return end + 1;
}

const after = (xml: string, mark: string, from: number): number => {
  const at = xml.indexOf(mark, from);
  return at < 0 ? xml.length : at + mark.length;
};

/** The `>` of a tag; one inside an attribute does not end it. */
function endOfTag(xml: string, from: number): number {
  const plain = xml.indexOf('>', from);
  const quote = xml.indexOf('"', from);
  const single = xml.indexOf("'", from);
  const first = quote < 0 ? single : single < 0 ? quote : Math.min(quote, single);
  if (plain < 0) return xml.length;
  if (first < 0 || plain < first) return plain;
  const end = xml.indexOf(xml[first]!, first + 1);
  return end < 0 ? xml.length : endOfTag(xml, end + 1);
}
