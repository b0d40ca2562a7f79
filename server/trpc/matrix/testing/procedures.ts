import type { z } from 'zod';

interface Procedure {
  _def: { type: 'query' | 'mutation' | 'subscription'; inputs: unknown[] };
}

export interface ListedProcedure {
  /** e.g. `dossiers.file` */
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  /** how many parsers its input goes through */
  inputs: number;
  schema: z.core.$ZodType | null;
}

/** Every procedure of the router by its path, with the schema its input is declared by. */
export function procedures(router: { _def: { procedures: unknown } }): ListedProcedure[] {
  const all = router._def.procedures as Record<string, Procedure>;
  return Object.entries(all).map(([path, { _def }]) => {
    const declared = _def.inputs.at(-1) as { schema?: z.core.$ZodType } | undefined;
    return { path, type: _def.type, inputs: _def.inputs.length, schema: declared?.schema ?? null };
  });
}
