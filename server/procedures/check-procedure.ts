import { checkSteps } from './check-steps.ts';
import { type ReadFolder, readFolder } from './folder.ts';

/**
 * Proves a procedure folder fit to be published: every file reads, every name one file uses exists in another, tables are complete, the diagram keeps
 * what the law asks. `knownEffects` null: effects are not looked at (an author's machine may lack the code). Problems name file and element.
 */
export async function checkProcedure(folder: string, knownEffects: ReadonlySet<string> | null): Promise<ReadFolder> {
  const read = await readFolder(folder);
  if (!read.data || read.data.diagram === '') return read;
  return { ...read, problems: [...read.problems, ...(await checkSteps(read.data, knownEffects))] };
}
