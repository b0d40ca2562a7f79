/** One part of what every installation starts with. Running it again changes nothing; `say` is told what it does. */
export type Seed = (say: (line: string) => void) => Promise<void>;

/** In this order: reference data, built-in procedures, the demo. */
const seeds: Seed[] = [];

/** Loads what is missing. Reads its settings from `env()`; runs in a process of its own, after the migrations. */
export async function seed(say: (line: string) => void): Promise<void> {
  for (const load of seeds) await load(say);
}
