import type { Json, JsonObject } from './schema.ts';

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path, or undefined. */
export function getAt(data: Json, path: string): Json | undefined {
  let current: Json | undefined = data;
  for (const key of path === '' ? [] : path.split('.')) {
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isObject(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

/** A copy of `data` with `value` at the path; `undefined` removes the key (or the list entry). Parents are made as needed: a list where the next key is a number. */
export function setAt(data: JsonObject, path: string, value: Json | undefined): JsonObject {
  return put(data, path.split('.'), value) as JsonObject;
}

function put(node: Json | undefined, keys: string[], value: Json | undefined): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (/^\d+$/.test(key)) {
    const list = Array.isArray(node) ? [...node] : [];
    const next = put(list[Number(key)], rest, value);
    if (next === undefined) list.splice(Number(key), 1);
    else list[Math.min(Number(key), list.length)] = next;
    return list;
  }
  const object: JsonObject = isObject(node) ? { ...node } : {};
  const next = put(object[key], rest, value);
  if (next === undefined) delete object[key];
  else Object.defineProperty(object, key, { value: next, writable: true, enumerable: true, configurable: true });
  return object;
}

/** The concrete paths a pattern with `*` stands for in `data`: `staff.*.name` → `staff.0.name`, `staff.1.name`. */
export function expandPath(data: Json, pattern: string): string[] {
  const star = pattern.indexOf('*');
  if (star < 0) return [pattern];
  const list = getAt(data, pattern.slice(0, Math.max(0, star - 1)));
  if (!Array.isArray(list)) return [];
  return list.flatMap((_each, i) => expandPath(data, `${pattern.slice(0, star)}${i}${pattern.slice(star + 1)}`));
}

/** A path with its list positions written as `*`, as field definitions are keyed. */
export function patternOf(path: string): string {
  return path.replaceAll(/(^|\.)\d+(?=\.|$)/g, '$1*');
}
