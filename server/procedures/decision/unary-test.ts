import { date, evaluate, unaryTest } from 'feelin';
import type { ValueType } from './table.ts';

export type FeelContext = Record<string, unknown>;
export type UnaryTest = (value: unknown, context: FeelContext) => boolean;
export type FeelExpression = (context: FeelContext) => unknown;

type Literal = string | number | boolean;

const literalPattern = String.raw`"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|date\("\d{4}-\d{2}-\d{2}"\)`;
const singleTest = new RegExp(String.raw`^(<=|>=|<|>)?\s*(${literalPattern})$`);
const rangeTest = new RegExp(String.raw`^([[\](])\s*(${literalPattern})\s*\.\.\s*(${literalPattern})\s*([\])[])$`);

/** A literal of a decision table; dates are compared as ISO texts, which sort like the days they name. */
export function readLiteral(
  text: string,
): { value: Literal; type: 'string' | 'number' | 'boolean' | 'date' } | undefined {
  if (!new RegExp(`^(?:${literalPattern})$`).test(text)) return undefined;
  if (text.startsWith('"')) return { value: JSON.parse(text) as string, type: 'string' };
  if (text.startsWith('date')) return { value: text.slice(6, -2), type: 'date' };
  if (text === 'true' || text === 'false') return { value: text === 'true', type: 'boolean' };
  return { value: Number(text), type: 'number' };
}

const sameKind = (a: unknown, b: Literal): a is Literal => typeof a === typeof b;

function comparison(operator: string, bound: Literal): UnaryTest {
  switch (operator) {
    case '<':
      return (value) => sameKind(value, bound) && value < bound;
    case '<=':
      return (value) => sameKind(value, bound) && value <= bound;
    case '>':
      return (value) => sameKind(value, bound) && value > bound;
    case '>=':
      return (value) => sameKind(value, bound) && value >= bound;
    default:
      return (value) => value === bound;
  }
}

function fastTest(text: string, type: ValueType): UnaryTest | undefined {
  if (text === '-') return () => true;
  const single = singleTest.exec(text);
  const range = single ? null : rangeTest.exec(text);
  const literals = single ? [single[2]!] : range ? [range[2]!, range[3]!] : [];
  const read = literals.map(readLiteral);
  // a text compared with a date, or the other way round, is for feelin to judge
  if (read.length === 0 || read.some((literal) => !literal || (literal.type === 'date') !== (type === 'date')))
    return undefined;
  if (single) return comparison(single[1] ?? '=', read[0]!.value);
  const low = comparison(range![1] === '[' ? '>=' : '>', read[0]!.value);
  const high = comparison(range![4] === ']' ? '<=' : '<', read[1]!.value);
  return (value, context) => low(value, context) && high(value, context);
}

/** Splits at commas outside quotes and brackets. */
function splitTests(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"' && text[i - 1] !== '\\') quoted = !quoted;
    if (quoted) continue;
    if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

/** Dates arrive as ISO texts; feelin wants its own kind. */
function toFeelValue(value: unknown, type: ValueType): unknown {
  return type === 'date' && typeof value === 'string' ? date(value) : value;
}

/**
 * Reads the unary tests of one cell once. What tables mostly hold (literals, comparisons, ranges, lists of them, `not(…)` around such) runs as closures;
 * anything else is left to feelin each time, whose meaning is the same.
 */
export function compileUnaryTest(text: string, type: ValueType): UnaryTest {
  const negated = /^not\((.*)\)$/s.exec(text);
  const tests = splitTests(negated ? negated[1]! : text).map((part) => fastTest(part, type));
  if (tests.every((test) => test !== undefined)) {
    const some: UnaryTest = (value, context) => tests.some((test) => test(value, context));
    return negated ? (value, context) => !some(value, context) : some;
  }
  return (value, context) => unaryTest(text, { ...context, '?': toFeelValue(value, type) }).value === true;
}

/** Reads an expression once: literals and paths run as closures, the rest through feelin. */
export function compileExpression(text: string): FeelExpression {
  const literal = readLiteral(text);
  if (literal) return () => literal.value;
  if (/^[a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)*$/.test(text)) {
    const keys = text.split('.');
    return (context) =>
      keys.reduce<unknown>(
        (value, key) => (isContext(value) && Object.hasOwn(value, key) ? value[key] : null),
        context,
      );
  }
  return (context) => evaluate(text, context).value;
}

function isContext(value: unknown): value is FeelContext {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
