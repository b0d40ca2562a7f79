/** Proves a diagram before it goes live: everything that is wrong, by element, with a hint and a counter-example. */
import { compileParsed, parseBpmn } from '../kernel/index.ts';
import { checkElements, type Known } from './elements.ts';
import { explore } from './explore.ts';
import { checkTimeLimit, type TimeLimit } from './limits.ts';
import { type DiagramProblem, problem } from './problem.ts';
import { checkEndRules, checkReachable, type EndRule } from './reach.ts';
import { checkText } from './text.ts';

export type { Known } from './elements.ts';
export type { TimeLimit } from './limits.ts';
export type { CheckCode, DiagramProblem } from './problem.ts';
export type { EndRule } from './reach.ts';

export interface CheckOptions {
  known?: Known;
  limit?: TimeLimit;
  endRules?: EndRule[];
  /** states looked at before the exploration gives up */
  maximumStates?: number;
}

/**
 * Checks a BPMN file in order: XML, elements, what they must carry, reachability, time limit, soundness, bpmn-engine's opinion.
 * What cannot even be read or compiled is reported alone. A diagram may go live when no problem has severity `error`.
 */
export async function checkDiagram(xml: string, options: CheckOptions = {}): Promise<DiagramProblem[]> {
  const parsed = await parseBpmn(xml).catch((error: Error) => error);
  if (parsed instanceof Error) return [problem('definitions', 'badXml', parsed.message.split('\n')[0])];
  const found = parsed.warnings.map((w) =>
    problem(w.element ?? 'definitions', 'warning', w.message.replaceAll('\n', ' ')),
  );
  const fresh = () => compileParsed(parsed, { calls: 'external' });
  const { model, problems } = fresh();
  found.push(...problems.map((p) => problem(p.element, p.code, p.detail)), ...checkText(parsed));
  if (!model) return found;
  found.push(...checkElements(model, options.known ?? {}));
  if (problems.length > 0) return found;
  found.push(...checkReachable(model), ...checkEndRules(model, options.endRules ?? []));
  if (options.limit) found.push(...checkTimeLimit(model, options.limit));
  // a called process of the file is played inside its caller
  const whole = compileParsed(parsed, { calls: 'inline' });
  const played = whole.problems.length === 0 ? whole.model : fresh().model;
  const unsound = played ? explore(played, options.maximumStates) : [];
  const lost = new Set(found.filter((p) => p.code === 'unreachable').map((p) => p.element));
  found.push(...unsound.filter((p) => p.code !== 'neverReached' || !lost.has(p.element)));
  if (found.some((p) => p.severity === 'error')) return found;
  // loaded only where it is asked: neither the web server nor the worker runs it
  const { checkSecondOpinion } = await import('./second-opinion.ts');
  return [...found, ...(await checkSecondOpinion(model))];
}
