import type { FieldError } from '#server/platform/errors.ts';
import { formats } from './formats.ts';
import { findRef, type Json, type JsonType, type Schema, type SchemaObject } from './schema.ts';

/** References may nest as deep as data does; more means a schema that refers to itself without descending. */
const MAX_DEPTH = 200;

const patterns = new Map<string, RegExp>();
function compiled(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (!expression) {
    expression = new RegExp(pattern, 'u');
    patterns.set(pattern, expression);
  }
  return expression;
}

function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType;
}

function isType(value: Json, type: JsonType): boolean {
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeOf(value) === type;
}

/** Equality of JSON values; the order of keys does not matter. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => sameJson(each, b[i]));
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** A multiple in decimal arithmetic: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, of: number): boolean {
  const ratio = value / of;
  return Math.abs(ratio - Math.round(ratio)) < 1e-9 * Math.max(1, Math.abs(ratio));
}

/**
 * Checks a value against a schema and reports every wrong field with the message key that names the remedy (`procedures.field.*`).
 * An interpreter: no code is generated, so it runs under a strict content policy in the browser exactly as on the server.
 * Paths are dotted (`staff.0.name`); the root is the empty path.
 */
export function validate(schema: Schema, value: Json, root: Schema = schema): FieldError[] {
  const errors: FieldError[] = [];
  visit(schema, value, '', root, errors, 0);
  return errors;
}

/** Whether a value satisfies a schema; used for conditions. */
export function matches(schema: Schema, value: Json, root: Schema = schema): boolean {
  return validate(schema, value, root).length === 0;
}

function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`;
}

function visit(schema: Schema, value: Json, path: string, root: Schema, errors: FieldError[], depth: number): void {
  if (schema === true) return;
  const fail = (rule: string, values?: Record<string, string | number>) => {
    errors.push({ path, reason: `procedures.field.${rule}`, ...(values && { values }) });
  };
  if (schema === false) {
    fail('notAllowed');
    return;
  }
  if (depth > MAX_DEPTH) throw new RangeError(`schema refers to itself without end at ${path}`);
  const again = (sub: Schema, at: Json = value, where = path) => visit(sub, at, where, root, errors, depth + 1);
  const holds = (sub: Schema, at: Json = value) => {
    const found: FieldError[] = [];
    visit(sub, at, path, root, found, depth + 1);
    return found.length === 0;
  };

  if (schema.$ref !== undefined) {
    const target = findRef(schema.$ref, root);
    if (target === undefined) throw new RangeError(`schema reference ${schema.$ref} leads nowhere`);
    again(target);
  }
  if (schema.type !== undefined) {
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    if (!types.some((type) => isType(value, type))) {
      fail(`type.${types[0]}`);
      return;
    }
  }
  if (schema.enum && !schema.enum.some((each) => sameJson(each, value))) fail('enum');
  if (schema.const !== undefined && !sameJson(schema.const, value)) fail('const');
  if (typeof value === 'string') checkString(schema, value, fail);
  else if (typeof value === 'number') checkNumber(schema, value, fail);
  else if (Array.isArray(value)) {
    checkList(schema, value, fail, holds);
    const { items } = schema;
    if (items !== undefined)
      value.forEach((each, i) => {
        again(items, each, join(path, i));
      });
  } else if (value !== null && typeof value === 'object') {
    for (const name of schema.required ?? []) {
      if (!Object.hasOwn(value, name)) errors.push({ path: join(path, name), reason: 'procedures.field.required' });
    }
    for (const [name, each] of Object.entries(value)) {
      const known = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
      const sub = known ?? schema.additionalProperties;
      if (sub !== undefined) again(sub, each, join(path, name));
    }
  }
  for (const sub of schema.allOf ?? []) again(sub);
  if (schema.anyOf && !schema.anyOf.some((sub) => holds(sub))) fail('anyOf');
  if (schema.not !== undefined && holds(schema.not)) fail('not');
  if (schema.if !== undefined) {
    const branch = holds(schema.if) ? schema.then : schema.else;
    if (branch !== undefined) again(branch);
  }
}

type Fail = (rule: string, values?: Record<string, string | number>) => void;

function checkString(schema: SchemaObject, value: string, fail: Fail): void {
  const length = [...value].length;
  if (schema.minLength !== undefined && length < schema.minLength) {
    if (length === 0) fail('required');
    else fail('minLength', { limit: schema.minLength, length });
  }
  if (schema.maxLength !== undefined && length > schema.maxLength)
    fail('maxLength', { limit: schema.maxLength, length });
  if (schema.format !== undefined && !(formats[schema.format]?.(value) ?? false)) fail(`format.${schema.format}`);
  if (schema.pattern !== undefined && !compiled(schema.pattern).test(value)) fail('pattern');
}

function checkNumber(schema: SchemaObject, value: number, fail: Fail): void {
  if (schema.minimum !== undefined && value < schema.minimum) fail('minimum', { limit: schema.minimum });
  if (schema.maximum !== undefined && value > schema.maximum) fail('maximum', { limit: schema.maximum });
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum)
    fail('exclusiveMinimum', { limit: schema.exclusiveMinimum });
  if (schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum)
    fail('exclusiveMaximum', { limit: schema.exclusiveMaximum });
  if (schema.multipleOf !== undefined && !isMultiple(value, schema.multipleOf))
    fail('multipleOf', { step: schema.multipleOf });
}

function checkList(schema: SchemaObject, value: Json[], fail: Fail, holds: (sub: Schema, at: Json) => boolean): void {
  const { contains } = schema;
  if (schema.minItems !== undefined && value.length < schema.minItems)
    fail('minItems', { limit: schema.minItems, count: value.length });
  if (schema.maxItems !== undefined && value.length > schema.maxItems)
    fail('maxItems', { limit: schema.maxItems, count: value.length });
  if (schema.uniqueItems && value.some((each, i) => value.slice(0, i).some((other) => sameJson(each, other))))
    fail('uniqueItems');
  if (contains !== undefined && !value.some((each) => holds(contains, each))) fail('contains');
}
