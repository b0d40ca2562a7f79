/** A JSON value as a form stores it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type JsonType = 'null' | 'boolean' | 'number' | 'integer' | 'string' | 'array' | 'object';

/**
 * The subset of JSON Schema 2020-12 that forms use. Anything else is refused when a procedure is checked, so a rule is never ignored in silence.
 * `$ref` is local (`#/$defs/name`).
 */
export interface SchemaObject {
  $ref?: string;
  $defs?: Record<string, Schema>;
  title?: string;
  description?: string;
  type?: JsonType | JsonType[];
  enum?: Json[];
  const?: Json;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  contains?: Schema;
  if?: Schema;
  then?: Schema;
  else?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  not?: Schema;
}
export type Schema = boolean | SchemaObject;

const annotations = new Set(['$schema', '$id', '$comment', 'title', 'description', 'examples', 'default']);
const plainKeywords = new Set([
  'type',
  'enum',
  'const',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'required',
  'minItems',
  'maxItems',
  'uniqueItems',
]);
const schemaKeywords = new Set(['additionalProperties', 'items', 'contains', 'if', 'then', 'else', 'not']);
const listKeywords = new Set(['allOf', 'anyOf']);
const mapKeywords = new Set(['properties', '$defs']);

/** What is wrong with a schema, by JSON pointer; empty when every keyword is one the interpreter obeys. */
export interface SchemaProblem {
  pointer: string;
  problem: 'unknownKeyword' | 'unknownFormat' | 'badPattern' | 'brokenRef' | 'endlessRef';
  value: string;
}

/** Walks a schema and reports unknown keywords and formats, patterns that do not compile and references that lead nowhere or in a circle. */
export function checkSchema(root: Schema, knownFormats: ReadonlySet<string>): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const visit = (schema: Schema, pointer: string): void => {
    if (typeof schema === 'boolean') return;
    const add = (keyword: string, problem: SchemaProblem['problem'], value: string) =>
      problems.push({ pointer: `${pointer}/${keyword}`, problem, value });
    for (const [keyword, value] of Object.entries(schema)) {
      if (schemaKeywords.has(keyword)) visit(value as Schema, `${pointer}/${keyword}`);
      else if (listKeywords.has(keyword))
        (value as Schema[]).forEach((each, i) => {
          visit(each, `${pointer}/${keyword}/${i}`);
        });
      else if (mapKeywords.has(keyword)) {
        for (const [name, each] of Object.entries(value as Record<string, Schema>))
          visit(each, `${pointer}/${keyword}/${name}`);
      } else if (keyword === '$ref') {
        const end = followRef(schema, root);
        if (end !== 'ok') add(keyword, end, String(value));
      } else if (!plainKeywords.has(keyword) && !annotations.has(keyword)) add(keyword, 'unknownKeyword', keyword);
    }
    if (schema.format !== undefined && !knownFormats.has(schema.format)) add('format', 'unknownFormat', schema.format);
    if (schema.pattern !== undefined && !compiles(schema.pattern)) add('pattern', 'badPattern', schema.pattern);
  };
  visit(root, '#');
  return problems;
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function followRef(schema: SchemaObject, root: Schema): 'ok' | 'brokenRef' | 'endlessRef' {
  const seen = new Set<Schema>();
  let current: Schema | undefined = schema;
  while (typeof current === 'object' && current.$ref !== undefined) {
    if (seen.has(current)) return 'endlessRef';
    seen.add(current);
    current = findRef(current.$ref, root);
  }
  return current === undefined ? 'brokenRef' : 'ok';
}

/** The schema a local `$ref` names, or undefined. */
export function findRef(ref: string, root: Schema): Schema | undefined {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return undefined;
  let current: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current as Schema;
}

/** The schema of a dotted path, list positions written as number or `*`; undefined where the schema does not name it. */
export function schemaAt(root: Schema, path: string): SchemaObject | undefined {
  let current: Schema | undefined = root;
  for (const part of path === '' ? [] : path.split('.')) {
    const object: SchemaObject | undefined = resolve(current, root);
    if (!object) return undefined;
    current =
      object.items !== undefined && (part === '*' || /^\d+$/.test(part)) ? object.items : object.properties?.[part];
  }
  return resolve(current, root);
}

function resolve(schema: Schema | undefined, root: Schema): SchemaObject | undefined {
  let current = schema;
  for (let hops = 0; typeof current === 'object' && current.$ref !== undefined && hops < 20; hops++) {
    const { $ref, ...beside } = current;
    const target = findRef($ref, root);
    current = typeof target === 'object' ? { ...target, ...beside } : target;
  }
  return typeof current === 'object' ? current : undefined;
}
