import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { DocumentLayout } from '#server/signatures/index.ts';
import { checkLinks } from './check-links.ts';
import { checkDecisions, type DecisionModel, readDmn } from './decision/index.ts';
import { ProcedureDefinition } from './definition.ts';
import { checkForm, FormDefinition } from './form/index.ts';

/** A procedure folder, read and parsed: what a published version stores. */
export interface ProcedureData {
  definition: ProcedureDefinition;
  form: FormDefinition;
  decisions: DecisionModel;
  /** document layouts by file name without ending */
  templates: Record<string, unknown>;
  /** BPMN XML */
  diagram: string;
}

/** What stands in the way of publishing: the file, the element by its id or path, and what is wrong with it. */
export interface ProcedureProblem {
  file: string;
  element: string;
  problem: string;
}

export interface ReadFolder {
  /** null when a file is missing or cannot be read */
  data: ProcedureData | null;
  contentHash: string;
  problems: ProcedureProblem[];
}

const required = ['procedure.yaml', 'process.bpmn', 'form.json'];
const isData = (name: string) =>
  /^(?:procedure\.yaml|process\.bpmn|form\.json|fees\.dmn|templates\/[a-z][a-z0-9-]*\.json)$/.test(name);

/** Reads a procedure folder and checks everything but the diagram's flow. Never throws for what an author wrote: problems are listed. */
export async function readFolder(folder: string): Promise<ReadFolder> {
  const names = (await readdir(folder, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .filter(isData)
    .sort();
  const files = new Map<string, string>();
  const hash = createHash('sha256');
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    files.set(name, text);
    hash.update(`${name}\0${text}\0`);
  }
  const problems: ProcedureProblem[] = required
    .filter((name) => !files.has(name))
    .map((name) => ({ file: name, element: name, problem: 'file is missing' }));
  const read = reader(files, problems);
  const definition = await read('procedure.yaml', async (text) => ProcedureDefinition.parse(parseYaml(text)));
  const form = await read('form.json', async (text) => FormDefinition.parse(JSON.parse(text)));
  const decisions = await read('fees.dmn', readDmn);
  const templates: Record<string, unknown> = {};
  for (const name of names.filter((each) => each.startsWith('templates/'))) {
    const key = name.slice('templates/'.length, -'.json'.length);
    templates[key] = await read(name, async (text) => {
      const template: unknown = JSON.parse(text);
      DocumentLayout.parse(template);
      return template;
    });
  }
  const contentHash = hash.digest('hex');
  if (!definition || !form) return { data: null, contentHash, problems };
  const data: ProcedureData = {
    definition,
    form,
    decisions: decisions ?? {},
    templates,
    diagram: files.get('process.bpmn') ?? '',
  };
  problems.push(...checkForm(form).map((each) => ({ file: 'form.json', ...each })));
  problems.push(...checkDecisions(data.decisions).map((each) => ({ file: 'fees.dmn', ...each })));
  problems.push(...checkLinks(data));
  return { data, contentHash, problems };
}

/** Parses a file if it is there; what goes wrong becomes problems by the place in the file. */
function reader(files: ReadonlyMap<string, string>, problems: ProcedureProblem[]) {
  return async <T>(name: string, parse: (text: string) => Promise<T>): Promise<T | null> => {
    const text = files.get(name);
    if (text === undefined) return null;
    try {
      return await parse(text);
    } catch (error) {
      problems.push(...problemsOf(name, error));
      return null;
    }
  };
}

function problemsOf(file: string, error: unknown): ProcedureProblem[] {
  if (typeof error === 'object' && error !== null && 'issues' in error && Array.isArray(error.issues)) {
    const issues = error.issues as { path: PropertyKey[]; message: string }[];
    return issues.map((issue) => ({ file, element: issue.path.map(String).join('.') || file, problem: issue.message }));
  }
  const values =
    typeof error === 'object' && error !== null && 'details' in error
      ? (error.details as { values?: Record<string, string> }).values
      : undefined;
  return [{ file, element: values?.element ?? file, problem: values?.problem ?? (error as Error).message }];
}
