import type { ProcedureData, ProcedureProblem } from './folder.ts';
import { knownFormats } from './form/formats.ts';
import { type Schema, schemaAt } from './form/index.ts';
import { checkSchema } from './form/schema.ts';

/** Names in one file that another must know: fields, decisions, templates; and sums that must fit the legal limit. */
export function checkLinks({ definition, form, decisions, templates }: ProcedureData): ProcedureProblem[] {
  const problems: ProcedureProblem[] = [];
  const add = (element: string, problem: string) => problems.push({ file: 'procedure.yaml', element, problem });
  const field = (element: string, path: string) => {
    if (!form.fields[path]) add(element, `no field ${path} in the form`);
  };
  const condition = (element: string, when: Schema | undefined) => {
    if (when === undefined) return;
    for (const each of checkSchema(when, knownFormats)) add(element, `condition: ${each.problem} ${each.value}`);
    for (const path of pathsIn(when, ''))
      if (!schemaAt(form.schema, path)) add(element, `condition on ${path}, which is not in the form`);
  };
  field('titleField', definition.titleField);
  if (definition.authority.by === 'province') field('authority.field', definition.authority.field);
  if (definition.fee && !decisions[definition.fee.decision])
    add('fee.decision', `no decision ${definition.fee.decision} in fees.dmn`);
  if (definition.fee?.by) field('fee.by', definition.fee.by);
  for (const paper of definition.papers) condition(`papers.${paper.key}`, paper.when);
  if (new Set(definition.papers.map((paper) => paper.key)).size < definition.papers.length)
    add('papers', 'a key is used twice');
  for (const question of definition.guide.questions) {
    field(`guide.${question.field}`, question.field);
    condition(`guide.${question.field}`, question.when);
  }
  definition.guide.stops.forEach((stop, i) => {
    condition(`guide.stops.${i}`, stop.when);
  });
  for (const item of [...definition.checklists.assess, ...definition.checklists.inspect])
    condition(`checklists.${item.key}`, item.when);
  const sum = Object.values(definition.steps).reduce((total, days) => total + days, 0);
  if (sum > definition.limitDays)
    add('steps', `the steps take ${sum} working days, the limit is ${definition.limitDays}`);
  for (const kind of ['certificate', 'refusal'])
    if (!templates[kind]) add(`result.${kind}`, `no templates/${kind}.json`);
  return problems;
}

/** Dotted paths a condition looks at. */
function pathsIn(schema: Schema, prefix: string): string[] {
  if (typeof schema === 'boolean') return [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const inner = pathsIn(each, path);
    return inner.length > 0 ? inner : [path];
  });
  const beside = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.not === undefined ? [] : [schema.not])];
  return [...own, ...beside.flatMap((each) => pathsIn(each, prefix))];
}
