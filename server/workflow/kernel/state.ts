/** The state of one instance: small JSON, nothing derived in it. Short names because it is written at every step. */
import type { Variables } from './expressions.ts';

/** A completed activity that compensation can still undo; oldest first in its list. */
export interface Completed {
  /** node id */
  n: string;
  /** inner records of a sub-process, call or loop; absent when the node has a handler of its own */
  r?: Completed[];
  /** iteration index, for the records of a loop */
  x?: number;
  /** the loop it belonged to, so that its handlers see the same elements */
  l?: { total: number; items?: unknown[] };
  /** 1: the sub-process ended normally, so its compensation event sub-process may run */
  d?: 1;
}

export interface Token {
  i: number;
  /** node id */
  n: string;
  /** scope it is in */
  s: number;
  /** `i` about to enter, `o` about to leave; absent: waits or rests */
  p?: 'i' | 'o';
  /** the flow it came over, as long as a join needs it */
  f?: string;
  /** iteration index of a loop */
  x?: number;
  /** 1: the loop around this node is over */
  l?: 1;
  /** compensation: the token that waits until this one is done */
  c?: number;
  /** 1: a sub-process or loop put back only to compensate inside it */
  u?: 1;
  /** compensation still to be done: scope and record, the last one next */
  q?: [number, Completed][];
  /** completed activities inside, kept between the end of a scope and leaving its activity */
  r?: Completed[];
  /** how often each boundary timer fired */
  z?: Record<string, number>;
  /** conditional boundary events whose condition holds now */
  h?: string[];
}

export interface Scope {
  i: number;
  /** process, sub-process or (a loop) activity */
  n: string;
  /** token that owns it, 0 for the instance itself */
  t: number;
  /** a loop's book-keeping */
  k?: { total: number; next: number; done: number; items?: unknown[]; out?: unknown[] };
  /** 1: interrupted by an event sub-process, none is armed any more; 2: a transaction being cancelled */
  w?: 1 | 2;
  r?: Completed[];
  /** how often each event sub-process timer fired */
  z?: Record<string, number>;
  /** event sub-processes whose start condition holds now */
  h?: string[];
}

export type IncidentCode =
  | 'noFlow'
  | 'uncaughtError'
  | 'endlessLoop'
  | 'badCollection'
  | 'badCardinality'
  | 'unknownCall'
  | 'uncaughtCancel'
  | 'noStart';

export interface Incident {
  code: IncidentCode;
  node: string;
  /** token that is stuck */
  token: number;
  /** error code, for an error nobody catches */
  detail?: string;
}

export type Status = 'active' | 'done' | 'incident' | 'cancelled';

export interface State {
  /** version of this format */
  f: 1;
  status: Status;
  /** last number given to a token or scope */
  n: number;
  t: Token[];
  s: Scope[];
  v: Variables;
  /** messages nobody waited for, oldest first */
  m?: { name: string; v?: Variables }[];
  incident?: Incident;
}

export const emptyState = (): State => ({ f: 1, status: 'active', n: 0, t: [], s: [], v: {} });
