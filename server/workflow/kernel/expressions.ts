/**
 * FEEL expressions, parsed once per model. What conditions mostly are (comparisons, and, or, not, count, paths, arithmetic)
 * runs as a closure over the parse tree, some hundred times faster than interpreting the text each time; anything else, and any
 * operand of another type, is handed to feelin, whose answer counts. No script is ever run.
 */
import { evaluate, parseExpression } from 'feelin';

export type Variables = Record<string, unknown>;

export interface Expression {
  /** FEEL source without the leading `=` */
  source: string;
  evaluate: (variables: Variables) => unknown;
}

/** Thrown by a fast closure that meets a value it does not know; the caller asks feelin instead. */
class Unknown extends Error {}
const unknown = new Unknown('other type');

type Closure = (v: Variables) => unknown;
interface Cursor {
  name: string;
  from: number;
  to: number;
  children: Cursor[];
}

/** Reads one expression; throws `SyntaxError` of feelin's kind (message only) when the text is no FEEL. */
export function compileExpression(text: string): Expression {
  const source = text.trim().replace(/^=/, '').trim();
  const root = readTree(source);
  const fast = closureOf(root, source);
  const slow: Closure = (v) => {
    try {
      return evaluate(source, v).value;
    } catch {
      return null; // an operation FEEL does not define, such as true < false
    }
  };
  if (!fast) return { source, evaluate: slow };
  return {
    source,
    evaluate: (v) => {
      try {
        return fast(v);
      } catch (error) {
        if (error === unknown) return slow(v);
        throw error;
      }
    },
  };
}

/** True only when the value is `true`: a missing variable makes a condition not hold. */
export const holds = (expression: Expression, variables: Variables): boolean => expression.evaluate(variables) === true;

function readTree(source: string): Cursor {
  if (source === '') throw new Error('empty expression');
  const stack: Cursor[] = [{ name: 'root', from: 0, to: source.length, children: [] }];
  parseExpression(source, {}, undefined).iterate({
    enter: (node) => {
      if (node.type.isError) throw new Error(`not FEEL at ${node.from}: ${source.slice(node.from, node.from + 20)}`);
      if (node.type.isSkipped) return false;
      stack.push({ name: node.name, from: node.from, to: node.to, children: [] });
    },
    leave: (node) => {
      if (node.type.isSkipped) return;
      const done = stack.pop();
      if (done) stack.at(-1)?.children.push(done);
    },
  });
  const expression = stack[0]?.children[0];
  if (!expression) throw new Error('empty expression');
  return expression;
}

type Plain = number | string | boolean | null;
const plain = (x: unknown): Plain => {
  if (x === undefined || x === null) return null;
  if (typeof x === 'number' || typeof x === 'string' || typeof x === 'boolean') return x;
  throw unknown;
};

/** Three-valued, as FEEL has it: null equals only null and is neither less nor greater than anything. */
const comparisons: Record<string, (a: Plain, b: Plain) => Plain> = {
  '=': (a, b) => alike(a, b) && a === b,
  '!=': (a, b) => !alike(a, b) || a !== b,
  '<': (a, b) => (ordered(a, b) ? a! < b! : null),
  '<=': (a, b) => (ordered(a, b) ? a! <= b! : null),
  '>': (a, b) => (ordered(a, b) ? a! > b! : null),
  '>=': (a, b) => (ordered(a, b) ? a! >= b! : null),
};
function alike(a: Plain, b: Plain): boolean {
  if (a === null || b === null) return a === b;
  if (typeof a !== typeof b) throw unknown;
  return true;
}
function ordered(a: Plain, b: Plain): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') throw unknown;
  if (a === null || b === null) return false;
  if (typeof a !== typeof b) throw unknown;
  return true;
}
const truth = (x: unknown): boolean | null => {
  if (x === undefined || x === null) return null;
  if (typeof x === 'boolean') return x;
  throw unknown;
};
const and = (a: boolean | null, b: boolean | null) =>
  a === false || b === false ? false : a === null || b === null ? null : true;
const or = (a: boolean | null, b: boolean | null) =>
  a === true || b === true ? true : a === null || b === null ? null : false;
const not = (a: boolean | null) => (a === null ? null : !a);

/** A closure for the part of FEEL named above, or undefined. */
function closureOf(node: Cursor, source: string): Closure | undefined {
  const text = source.slice(node.from, node.to);
  const inner = node.children;
  const of = (i: number) => (inner[i] ? closureOf(inner[i], source) : undefined);
  switch (node.name) {
    case 'Expression':
    case 'ParenthesizedExpression': {
      const rest = inner.filter((c) => c.name !== '(' && c.name !== ')');
      return rest.length === 1 ? closureOf(rest[0]!, source) : undefined;
    }
    case 'NumericLiteral': {
      const value = Number(text.replace(/\s/g, ''));
      return Number.isFinite(value) ? () => value : undefined;
    }
    case 'BooleanLiteral':
      return () => text === 'true';
    case 'StringLiteral':
      if (text.includes('\\')) return undefined;
      return () => text.slice(1, -1);
    case 'VariableName':
      if (!/^[A-Za-z_][A-Za-z_0-9]*$/.test(text)) return undefined;
      return (v) => (Object.hasOwn(v, text) ? v[text] : null);
    case 'Comparison':
      return comparisonOf(node, source);
    case 'Conjunction':
    case 'Disjunction': {
      const [left, right] = [of(0), of(2)];
      if (!left || !right) return undefined;
      const join = node.name === 'Conjunction' ? and : or;
      return (v) => join(truth(left(v)), truth(right(v)));
    }
    case 'FunctionInvocation':
      return callOf(node, source);
    default:
      return undefined;
  }
}

function comparisonOf(node: Cursor, source: string): Closure | undefined {
  const [first, operator, second] = node.children;
  if (!first || !operator || !second || node.children.length !== 3 || operator.name !== 'CompareOp') return undefined;
  const left = closureOf(first, source);
  const right = closureOf(second, source);
  const compare = comparisons[source.slice(operator.from, operator.to)];
  if (!left || !right || !compare) return undefined;
  return (v) => compare(plain(left(v)), plain(right(v)));
}

function callOf(node: Cursor, source: string): Closure | undefined {
  const name = node.children[0] && source.slice(node.children[0].from, node.children[0].to);
  const list = node.children.find((c) => c.name === 'PositionalParameters');
  const only = list?.children.length === 1 ? list.children[0] : undefined;
  const argument = only && closureOf(only, source);
  if (!argument) return undefined;
  if (name === 'not') {
    return (v) => {
      if (Object.hasOwn(v, 'not')) throw unknown;
      return not(truth(argument(v)));
    };
  }
  if (name === 'count') {
    return (v) => {
      const value = argument(v);
      if (!Array.isArray(value) || Object.hasOwn(v, 'count')) throw unknown;
      return value.length;
    };
  }
  return undefined;
}
