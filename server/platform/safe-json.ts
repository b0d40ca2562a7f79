import { AppError } from './errors.ts';

export interface JsonLimits {
  /** characters */
  maxLength: number;
  /** arrays and objects inside each other */
  maxDepth: number;
}
const usual: JsonLimits = { maxLength: 1_048_576, maxDepth: 32 };

/** Names that reach the prototype of an object when values are copied by key. */
const forbidden = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Reads JSON from a stranger: length and depth are measured before anything is built, and keys that reach a prototype
 * are refused. @throws AppError invalidInput
 */
export function parseJson(text: string, limits: JsonLimits = usual): unknown {
  if (text.length > limits.maxLength || !isShallow(text, limits.maxDepth)) throw bad('errors.json.tooLarge');
  let value: unknown;
  try {
    value = JSON.parse(text, refuseKeys);
  } catch (error) {
    throw error instanceof AppError ? error : bad('errors.json.notJson');
  }
  return value;
}

function refuseKeys(this: unknown, key: string, value: unknown): unknown {
  if (forbidden.has(key) && !Array.isArray(this)) throw bad('errors.json.key');
  return value;
}

/** One pass over the text: brackets outside of strings. */
function isShallow(text: string, maxDepth: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > maxDepth) return false;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return true;
}

const bad = (reason: string): AppError =>
  new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: '', reason }] });
