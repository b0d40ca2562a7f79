import type { FormDefinition } from './definition.ts';
import { knownFormats } from './formats.ts';
import { checkSchema, schemaAt } from './schema.ts';

/** A problem of a form by the page, field or schema place that has it. */
export interface FormProblem {
  element: string;
  problem: string;
}

/** What would go wrong with a form at run time: unknown fields and keywords, questions asked nowhere or twice, options the schema refuses. */
export function checkForm(form: FormDefinition): FormProblem[] {
  const problems: FormProblem[] = checkSchema(form.schema, knownFormats).map(({ pointer, problem, value }) => ({
    element: pointer,
    problem: `${problem}: ${value}`,
  }));
  const add = (element: string, problem: string) => problems.push({ element, problem });
  const asked = new Map<string, string>();
  const ids = new Set<string>();
  for (const page of form.pages) {
    if (ids.has(page.id)) add(page.id, 'page id used twice');
    ids.add(page.id);
    if (page.when !== undefined)
      for (const each of checkSchema(page.when, knownFormats)) add(page.id, `condition: ${each.problem} ${each.value}`);
    if (page.repeat && !schemaAt(form.schema, page.repeat.path)?.items)
      add(page.id, `no list in the schema at ${page.repeat.path}`);
    for (const path of page.fields) {
      const first = asked.get(path);
      if (first) add(path, `asked on ${first} and on ${page.id}`);
      asked.set(path, page.id);
      if (!form.fields[path]) add(path, `page ${page.id} asks for a field without definition`);
      if (page.repeat && !path.startsWith(`${page.repeat.path}.*.`))
        add(path, `not within the repeated list ${page.repeat.path}`);
    }
  }
  for (const [path, field] of Object.entries(form.fields)) {
    if (!asked.has(path)) add(path, 'asked on no page');
    const schema = schemaAt(form.schema, path);
    if (!schema) {
      add(path, 'not in the schema');
      continue;
    }
    if (field.when !== undefined)
      for (const each of checkSchema(field.when, knownFormats)) add(path, `condition: ${each.problem} ${each.value}`);
    const allowed = (field.control === 'checkboxes' ? schemaAt(form.schema, `${path}.*`) : schema)?.enum;
    const offered = field.options?.map((option) => option.value);
    if (
      offered &&
      allowed &&
      (offered.length !== allowed.length || offered.some((value) => !allowed.includes(value)))
    ) {
      add(path, 'options and enum differ');
    }
    if (['radio', 'select', 'checkboxes'].includes(field.control) && !offered)
      add(path, `a ${field.control} needs options`);
  }
  return problems;
}
