import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import en from '../../messages/en/procedures.json' with { type: 'json' };
import vi from '../../messages/vi/procedures.json' with { type: 'json' };
import { knownFormats } from './form/formats.ts';
import { type Json, type Schema, validate } from './form/index.ts';

/** The translator as pages use it; a missing key or value throws instead of showing the key. */
function translator(locale: string, procedures: typeof vi) {
  const t = createTranslator({
    locale,
    messages: { procedures },
    onError: (error) => {
      throw error;
    },
  });
  return t as unknown as (key: string, values: Record<string, string | number>) => string;
}

const broken: [Schema, Json][] = [
  [{ type: 'string' }, 1],
  [{ type: 'number' }, 'a'],
  [{ type: 'integer' }, 1.5],
  [{ type: 'boolean' }, 1],
  [{ type: 'array' }, 1],
  [{ type: 'object' }, 1],
  [{ type: 'null' }, 1],
  [{ enum: [1] }, 2],
  [{ const: 1 }, 2],
  [{ minLength: 2 }, 'a'],
  [{ minLength: 1 }, ''],
  [{ maxLength: 1 }, 'ab'],
  [{ pattern: '^a$' }, 'b'],
  [{ minimum: 1 }, 0],
  [{ maximum: 1 }, 2],
  [{ exclusiveMinimum: 1 }, 1],
  [{ exclusiveMaximum: 1 }, 1],
  [{ multipleOf: 2 }, 1],
  [{ minItems: 1 }, []],
  [{ maxItems: 0 }, [1]],
  [{ uniqueItems: true }, [1, 1]],
  [{ contains: { const: 1 } }, []],
  [{ required: ['a'] }, {}],
  [{ anyOf: [{ const: 1 }] }, 2],
  [{ not: { const: 1 } }, 1],
  [false, 1],
  ...[...knownFormats].map((format): [Schema, Json] => [{ format }, 'x']),
];

describe('messages of forms', () => {
  it.each(broken)('say in both languages what %j asks', (schema, value) => {
    const { reason, values } = validate(schema, value)[0]!;
    const named = { ...values, labelVi: 'Tên', labelEn: 'Name' };
    expect(translator('vi', vi)(reason, named)).toContain('Tên');
    expect(translator('en', en)(reason, named)).toContain('Name');
  });
});
