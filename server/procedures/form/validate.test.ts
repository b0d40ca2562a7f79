import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formats, knownFormats } from './formats.ts';
import { checkSchema, type Json, type Schema, type SchemaObject } from './schema.ts';
import { validate } from './validate.ts';

const reasons = (schema: Schema, value: Json) =>
  validate(schema, value).map((error) => `${error.path}: ${error.reason.split('.').slice(2).join('.')}`);

describe('validating a value', () => {
  it('names each wrong field and its rule', () => {
    const schema: Schema = {
      type: 'object',
      required: ['name', 'area'],
      properties: {
        name: { type: 'string', minLength: 3 },
        area: { type: 'number', minimum: 10 },
        opened: { type: 'string', format: 'date' },
        staff: {
          type: 'array',
          minItems: 2,
          items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
        },
      },
    };
    expect(reasons(schema, { name: 'ab', opened: '2026-02-30', staff: [{}] })).toEqual([
      'area: required',
      'name: minLength',
      'opened: format.date',
      'staff: minItems',
      'staff.0.name: required',
    ]);
    expect(validate(schema, { name: 'abc', area: 9 })).toEqual([
      { path: 'area', reason: 'procedures.field.minimum', values: { limit: 10 } },
    ]);
  });

  it('counts a letter with its marks as the letters people see when composed', () => {
    expect(validate({ type: 'string', maxLength: 2 }, 'ố𠀋')).toEqual([]);
  });

  it('never takes an inherited name for an answer', () => {
    expect(reasons({ type: 'object', required: ['toString', '__proto__'] }, {})).toEqual([
      'toString: required',
      '__proto__: required',
    ]);
  });

  it('stops a schema that refers to itself without end', () => {
    expect(() => validate({ $defs: { a: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' }, 1)).toThrow(/without end/);
  });
});

describe('formats', () => {
  const cases: [string, string[], string[]][] = [
    ['date', ['2026-11-23', '2024-02-29'], ['2026-02-29', '23/11/2026', '2026-13-01', '2026-11-3']],
    [
      'email',
      ['an@sub.example.vn', 'a.b+c@example.com'],
      ['an@', 'an@example', 'an b@example.com', 'a..b@example.com', '@example.com'],
    ],
    ['phone', ['0912345678', '02438222222'], ['912345678', '+84912345678', '09123']],
    ['tax-code', ['0101234567', '0101234567001', '001085012345'], ['010123456', '0101234567-001', '01012345678']],
    ['citizen-id', ['001085012345'], ['00108501234', '001085 012345']],
    ['time-of-day', ['07:30', '23:59'], ['24:00', '7:30', '07:60']],
  ];
  it.each(cases)('%s accepts what is right and refuses what is not', (format, right, wrong) => {
    for (const text of right) expect(reasons({ format }, text), text).toEqual([]);
    for (const text of wrong) expect(reasons({ format }, text), text).toEqual([`: format.${format}`]);
  });
});

describe('checking a schema', () => {
  it('accepts the whole subset', () => {
    const schema: Schema = {
      $defs: { a: { type: 'string' } },
      properties: { a: { $ref: '#/$defs/a', title: 'A' } },
      if: true,
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { allOf: [true] },
    };
    expect(checkSchema(schema, knownFormats)).toEqual([]);
  });

  it('names what it does not know by its place', () => {
    const schema = {
      properties: {
        a: { $ref: '#/$defs/none' },
        b: { pattern: '(' },
        c: { format: 'ipv4' },
        d: { dependentRequired: {} },
      },
      $defs: { loop: { $ref: '#/$defs/loop' } },
    } as unknown as Schema;
    expect(checkSchema(schema, knownFormats).map((each) => `${each.pointer} ${each.problem}`)).toEqual([
      '#/properties/a/$ref brokenRef',
      '#/properties/b/pattern badPattern',
      '#/properties/c/format unknownFormat',
      '#/properties/d/dependentRequired unknownKeyword',
      '#/$defs/loop/$ref endlessRef',
    ]);
  });
});

const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false });
for (const [name, check] of Object.entries(formats)) ajv.addFormat(name, check);

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, 2, 3, 10, 0.5, -1, '', 'a', 'ab', 'abc', 'đ', 'ỗ'),
  fc.constantFrom<Json>('2026-11-23', '2026-02-30', 'an@example.vn', '0912345678', '0101234567', '001085012345'),
);
const key = fc.constantFrom('a', 'b', 'c');
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const small = fc.integer({ min: 0, max: 3 });
const schema: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.boolean(),
    fc.record<SchemaObject>({ $ref: fc.constantFrom('#/$defs/word', '#/$defs/list') }),
    fc.record<SchemaObject>(
      {
        type: fc.constantFrom<SchemaObject['type']>(
          'string',
          'number',
          'integer',
          'boolean',
          'null',
          'array',
          'object',
          ['string', 'null'],
          ['object', 'array'],
        ),
        enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 4, comparator: (a, b) => a === b }),
        const: scalar,
        pattern: fc.constantFrom('^a', 'b$', '^\\p{L}+$', '^\\d+$'),
        format: fc.constantFrom(...Object.keys(formats)),
        minLength: small,
        maxLength: small,
        minimum: small,
        maximum: small,
        exclusiveMinimum: small,
        exclusiveMaximum: small,
        multipleOf: fc.constantFrom(1, 2, 0.5),
        required: fc.uniqueArray(key, { maxLength: 2 }),
        properties: fc.dictionary(key, tie('schema'), { maxKeys: 3, noNullPrototype: true }),
        additionalProperties: tie('schema'),
        items: tie('schema'),
        minItems: small,
        maxItems: small,
        uniqueItems: fc.boolean(),
        // ajv 8.20 throws a ReferenceError of its own on `contains: false` inside `if`, so this one stays an object
        contains: fc.record<SchemaObject>({ type: fc.constantFrom('string', 'number', 'object') }),
        if: tie('schema'),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: tie('schema'),
        else: tie('schema'),
        allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
        anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
        not: tie('schema'),
      },
      { requiredKeys: [] },
    ),
  ),
})).schema;

const $defs: Record<string, Schema> = {
  word: { type: 'string', minLength: 1 },
  list: { type: 'array', items: { $ref: '#/$defs/word' } },
};

describe('beside ajv', () => {
  it('reaches the same verdict on random schemas and values', () => {
    let refused = 0;
    let accepted = 0;
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 4, maxLength: 8 }), (part, values) => {
        const whole: Schema = { $defs, properties: { a: part }, allOf: [part] };
        const theirs = ajv.compile(whole);
        for (const each of values) {
          const errors = validate(whole, each);
          expect(errors.length === 0).toBe(theirs(each));
          if (errors.length > 0) refused++;
          else accepted++;
        }
        ajv.removeSchema();
      }),
      { numRuns: 400, seed: 20261123 },
    );
    expect(refused).toBeGreaterThan(300);
    expect(accepted).toBeGreaterThan(300);
  });

  it('blames the same fields where each has one rule', () => {
    const form: Schema = {
      type: 'object',
      required: ['a', 'b'],
      properties: {
        a: { type: 'string', minLength: 2 },
        b: { type: 'array', items: { type: 'integer' } },
        c: { $ref: '#/$defs/word' },
      },
      $defs,
    };
    const theirs = ajv.compile(form);
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 3 }), (data) => {
        theirs(data);
        const paths = (theirs.errors ?? []).map((error) =>
          [
            ...error.instancePath.slice(1).split('/'),
            ...(error.keyword === 'required' ? [String(error.params.missingProperty)] : []),
          ]
            .filter((part) => part !== '')
            .join('.'),
        );
        expect(new Set(validate(form, data).map((error) => error.path))).toEqual(new Set(paths));
      }),
      { numRuns: 400, seed: 20261123 },
    );
  });
});
