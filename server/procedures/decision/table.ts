/** Hit policies this evaluator knows: unique, first, any, collect. */
export type HitPolicy = 'U' | 'F' | 'A' | 'C';
export type Aggregation = 'SUM' | 'MIN' | 'MAX' | 'COUNT';
export type ValueType = 'string' | 'number' | 'boolean' | 'date' | 'any';

export interface TableInput {
  id: string;
  label: string;
  /** FEEL expression over the context, mostly a path such as `facility.kind` */
  expression: string;
  type: ValueType;
  /** the closed list of values, when the table declares one */
  values?: string;
}

export interface TableOutput {
  id: string;
  name: string;
  type: ValueType;
  /** FEEL expression of the value when no rule matches */
  otherwise?: string;
}

export interface TableRule {
  id: string;
  /** unary tests, one an input; `-` matches all */
  when: string[];
  /** expressions, one an output */
  gives: string[];
  note?: string;
}

/** A decision as plain data: what a version of a procedure stores, so that evaluating needs no XML. */
export type Decision = {
  id: string;
  name: string;
  /** name of the result in the context of decisions that require this one */
  variable: string;
  requires: string[];
} & (
  | {
      kind: 'table';
      hitPolicy: HitPolicy;
      aggregation?: Aggregation;
      inputs: TableInput[];
      outputs: TableOutput[];
      rules: TableRule[];
    }
  | { kind: 'expression'; expression: string }
);

export type DecisionTable = Extract<Decision, { kind: 'table' }>;

/** Decisions of one DMN file by id. */
export type DecisionModel = Record<string, Decision>;
