/** What happens when a token is done with an element: activities are counted and remembered, flows are chosen. */
import { isActivity } from './catchers.ts';
import { iterationRecord, remember } from './compensate.ts';
import { holds } from './expressions.ts';
import { endIteration } from './loops.ts';
import type { Flow, Node } from './model.ts';
import { addToken, contextOf, note, type Run, removeToken, Stuck } from './run.ts';
import type { Token } from './state.ts';

export function leave(run: Run, token: Token, node: Node): void {
  if (isActivity(node)) {
    const flows = token.x === undefined && token.c === undefined ? choose(run, token, node) : [];
    if (!token.l) note(run, 'ended', token);
    if (token.x !== undefined) {
      endIteration(run, token, iterationRecord(run, token));
      return;
    }
    if (token.c !== undefined) {
      run.resume.push(token.c);
      removeToken(run, token);
      return;
    }
    remember(run, token);
    follow(run, token, flows);
    return;
  }
  const flows = choose(run, token, node);
  if (node.type !== 'eventGateway') note(run, 'ended', token);
  follow(run, token, flows);
}

function follow(run: Run, token: Token, flows: Flow[]): void {
  removeToken(run, token);
  for (const flow of flows) addToken(run, flow.target, token.s, 'i', { f: flow.id });
}

/** The flows a token takes; an exclusive or inclusive choice without any is an incident. */
function choose(run: Run, token: Token, node: Node): Flow[] {
  if (node.out.length === 0) return [];
  const stuck = () => new Stuck({ code: 'noFlow', node: node.id, token: token.i });
  const byDefault = node.out.find((f) => f.id === node.defaultFlow);
  if (node.type === 'exclusive') {
    const context = contextOf(run, token);
    const first = node.out.find((f) => f !== byDefault && (!f.condition || holds(f.condition, context)));
    const taken = first ?? byDefault;
    if (!taken) throw stuck();
    return [taken];
  }
  if (node.type !== 'inclusive' && !isActivity(node)) return node.out;
  if (!byDefault && node.out.every((f) => !f.condition)) return node.out;
  const context = contextOf(run, token);
  const taken = node.out.filter((f) => f !== byDefault && (!f.condition || holds(f.condition, context)));
  const chosen = node.type === 'inclusive' ? taken.length > 0 : taken.some((f) => f.condition);
  if (byDefault && !chosen) taken.push(byDefault);
  if (taken.length === 0) throw stuck();
  return taken;
}
