import { AppError } from '#server/platform/errors.ts';
import { DocumentLayout, type DocumentTemplate } from './document-layout.ts';

type Data = Record<string, unknown>;

/**
 * Replaces every `{name}` and `{name.part}` of a template by the datum of that name (text, number or boolean),
 * repeats rows over lists (`each`) and drops blocks whose `when` datum is absent, false or empty.
 * `{{` and `}}` stand for the braces themselves. The values are never looked at for further tags.
 * @throws AppError invalidInput, naming the placeholder that has no value
 */
export function fillTemplate(template: DocumentTemplate, data: Data): DocumentLayout {
  const layout = DocumentLayout.parse(template);
  const blocks = layout.blocks
    .filter((block) => block.when === undefined || isPresent(lookUp(data, block.when)))
    .map((block) => repeat(block as Data, data))
    .map((block) => replaceTags(block, data));
  const { blocks: _, ...head } = layout;
  return DocumentLayout.parse({ ...(replaceTags(head, data) as Data), blocks });
}

/** Rows that repeat are written out before the tags are replaced, each with its own `item` and `index`. */
function repeat(block: Data, data: Data): Data {
  const { when: _when, each, row, item, ...rest } = block;
  const pattern = row ?? item;
  if (typeof each !== 'string') return rest;
  const list = lookUp(data, each);
  if (!Array.isArray(list)) throw missing(each);
  const target = row === undefined ? 'items' : 'rows';
  const written = list.map((entry: unknown, i) => replaceTags(pattern, { ...data, item: entry, index: i + 1 }, true));
  const fixed = (rest[target] as unknown[] | undefined) ?? [];
  return { ...rest, [target]: [...fixed, ...written] };
}

/** `keep` escapes braces in what was written, because the whole block passes once more. */
function replaceTags(node: unknown, data: Data, keep = false): unknown {
  if (typeof node === 'string') return replaceInText(node, data, keep);
  if (Array.isArray(node)) return node.map((entry) => replaceTags(entry, data, keep));
  if (node && typeof node === 'object') {
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaceTags(value, data, keep)]));
  }
  return node;
}

function replaceInText(text: string, data: Data, keep: boolean): string {
  return text.replace(/\{\{|\}\}|\{([\p{L}\p{N}_.-]+)\}/gu, (tag: string, name: string | undefined) => {
    if (name === undefined) return keep ? tag : tag.slice(0, 1);
    const value = lookUp(data, name);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') throw missing(name);
    const written = String(value);
    return keep ? written.replace(/[{}]/g, '$&$&') : written;
  });
}

function lookUp(data: Data, path: string): unknown {
  let node: unknown = data;
  for (const part of path.split('.')) {
    if (node === null || typeof node !== 'object' || !Object.hasOwn(node, part)) return undefined;
    node = (node as Data)[part];
  }
  return node;
}

const isPresent = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false && value !== '';

const missing = (name: string): AppError =>
  new AppError('invalidInput', 'signatures.errors.placeholderMissing', { values: { name } });
