import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from '../router.ts';
import { procedures } from './testing/procedures.ts';

/** Paths of objects in a schema that would take keys they do not know. */
function looseObjects(schema: z.core.$ZodType, path = 'input', seen = new Set<z.core.$ZodType>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const { def } = schema._zod as unknown as { def: z.core.$ZodTypeDef & Record<string, unknown> };
  const inner = (each: unknown, name: string) => looseObjects(each as z.core.$ZodType, `${path}${name}`, seen);
  if (def.type === 'object') {
    const strict = (def.catchall as z.core.$ZodType | undefined)?._zod.def.type === 'never';
    const below = Object.entries(def.shape as Record<string, unknown>).flatMap(([key, each]) => inner(each, `.${key}`));
    return strict ? below : [path, ...below];
  }
  const parts = ['element', 'innerType', 'in', 'out', 'left', 'right', 'valueType', 'getter'];
  const one = parts.flatMap((part) => (isSchema(def[part]) ? inner(def[part], '') : []));
  const many = [def.options, def.items].flatMap((list) =>
    Array.isArray(list) ? list.flatMap((each) => inner(each, '')) : [],
  );
  return [...one, ...many];
}
const isSchema = (value: unknown): boolean => typeof value === 'object' && value !== null && '_zod' in value;

describe('the inputs of every procedure', () => {
  test('refuse keys they do not know, at every depth', () => {
    const loose = procedures(appRouter).flatMap(({ path, schema }) =>
      schema ? looseObjects(schema).map((where) => `${path}: ${where}`) : [],
    );
    expect(loose, 'declare these with z.strictObject').toEqual([]);
  });

  test('are known to the matrix wherever one is taken', () => {
    const all = procedures(appRouter);
    expect(all.length).toBeGreaterThan(70);
    const unknown = all.filter(({ schema, inputs }) => inputs > 0 && !schema).map(({ path }) => path);
    expect(unknown, 'declare their input with shape(Schema)').toEqual([]);
  });
});

test('the walk finds a loose object inside a list', () => {
  expect(looseObjects(z.strictObject({ list: z.array(z.object({ a: z.string() })).optional() }))).toEqual([
    'input.list',
  ]);
});
