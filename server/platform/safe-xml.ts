/** Characters of a diagram or table: the largest real ones have some hundred thousand. */
const maxLength = 5 * 1_048_576;
const maxDepth = 100;

/**
 * Refuses XML that a reader should not even begin with: document types and entities (what external entities and the
 * billion laughs need), too long, too deep. One pass, nothing is built.
 * @throws Error in plain words
 */
export function refuseUnsafeXml(xml: string): void {
  if (xml.length > maxLength) throw new Error(`the XML is longer than ${maxLength} characters`);
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw new Error('the XML has a document type or entities, which are not read');
  let depth = 0;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    if (xml.startsWith('<!--', at)) at = endOf(xml, '-->', at);
    else if (xml.startsWith('<![CDATA[', at)) at = endOf(xml, ']]>', at);
    else if (xml.startsWith('<?', at)) at = endOf(xml, '?>', at);
    else if (xml[at + 1] === '/') depth -= 1;
    else {
      const end = endOfTag(xml, at);
      if (xml[end - 1] !== '/') depth += 1;
      at = end;
    }
    if (depth > maxDepth) throw new Error(`the XML nests deeper than ${maxDepth} elements`);
  }
}

const endOf = (xml: string, mark: string, from: number): number => {
  const at = xml.indexOf(mark, from);
  return at < 0 ? xml.length : at + mark.length - 1;
};

/** The `>` of a tag; one inside an attribute does not end it. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at++) {
    const char = xml[at]!;
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return xml.length;
}
