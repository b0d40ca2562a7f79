/** What happens when a token comes to an element. */
import { broadcast, holdNow, isActivity } from './catchers.ts';
import { beginCompensation, cancelTransaction } from './compensate.ts';
import { holds } from './expressions.ts';
import { tryParallelJoin } from './joins.ts';
import { enterLoop } from './loops.ts';
import type { Node } from './model.ts';
import { addToken, containerOf, contextOf, go, note, type Run, removeToken, rest, Stuck } from './run.ts';
import { openScope } from './scopes.ts';
import type { Token } from './state.ts';
import { escalate, raiseError, terminate } from './throws.ts';

export function enter(run: Run, token: Token, node: Node): void {
  if (isActivity(node)) {
    enterActivity(run, token, node);
    return;
  }
  switch (node.type) {
    case 'start':
    case 'boundary':
    case 'exclusive':
      go(run, token, 'o');
      return;
    case 'parallel':
      if (node.in.length < 2) {
        go(run, token, 'o');
        return;
      }
      rest(token);
      tryParallelJoin(run, token.s, node);
      return;
    case 'inclusive':
      // whether it must wait is looked at when everything else has come to rest
      if (node.in.length < 2) {
        go(run, token, 'o');
        return;
      }
      rest(token);
      return;
    case 'eventGateway':
      enterEventGateway(run, token, node);
      return;
    case 'catch': {
      delete token.f;
      const event = node.event;
      if (event?.kind === 'link' || event?.kind === 'none') {
        go(run, token, 'o');
        return;
      }
      if (event?.kind === 'conditional' && holds(event.condition, contextOf(run, token))) {
        go(run, token, 'o');
        return;
      }
      rest(token);
      note(run, 'entered', token);
      return;
    }
    case 'throw':
      enterThrow(run, token, node);
      return;
    case 'end':
      enterEnd(run, token, node);
      return;
  }
}

function enterActivity(run: Run, token: Token, node: Node): void {
  delete token.f;
  if (node.loop && token.x === undefined) {
    enterLoop(run, token, node, node.loop);
    if (!token.p) holdNow(run, token);
    return;
  }
  if (node.type === 'pass') {
    go(run, token, 'o');
    return;
  }
  if (node.type === 'task') {
    rest(token);
  } else {
    const container = node.type === 'call' && run.model.calls === 'external' ? undefined : containerOf(run, node);
    if (!container && (node.type === 'sub' || run.model.calls === 'inline'))
      throw new Stuck({ code: 'unknownCall', node: node.id, token: token.i });
    rest(token);
    if (container) openScope(run, container, token.i);
  }
  note(run, 'entered', token);
  if (token.x === undefined) holdNow(run, token);
}

function enterEventGateway(run: Run, token: Token, node: Node): void {
  delete token.f;
  for (const flow of node.out) {
    const target = run.model.nodes.get(flow.target);
    if (target?.event?.kind !== 'conditional' || !holds(target.event.condition, contextOf(run, token))) continue;
    removeToken(run, token);
    addToken(run, target.id, token.s, 'o');
    return;
  }
  rest(token);
}

function enterThrow(run: Run, token: Token, node: Node): void {
  delete token.f;
  const event = node.event;
  if (event?.kind === 'compensate') {
    beginCompensation(run, token, event.activity);
    return;
  }
  if (event?.kind === 'link') {
    const target = run.model.containers.get(node.parent)?.links.get(event.name);
    if (!target) throw new Stuck({ code: 'noFlow', node: node.id, token: token.i });
    note(run, 'ended', token);
    removeToken(run, token);
    addToken(run, target.id, token.s, 'i');
    return;
  }
  send(run, token, node);
  if (event?.kind === 'escalation') escalate(run, token, event.name, false);
  // its own signal or escalation may have cancelled it
  if (run.tokens.has(token.i)) go(run, token, 'o');
}

/** Signals and messages that a throw or end event sends. */
function send(run: Run, token: Token, node: Node): void {
  const event = node.event;
  if (event?.kind === 'signal') {
    run.effects.push({ type: 'signal', name: event.name });
    broadcast(run, event.name);
  } else if (event?.kind === 'message') {
    const key = event.correlationKey?.evaluate(contextOf(run, token));
    const effect = { type: 'message' as const, name: event.name, node: node.id, token: token.i };
    run.effects.push(key === undefined ? effect : { ...effect, correlationKey: key });
  }
}

function enterEnd(run: Run, token: Token, node: Node): void {
  delete token.f;
  const event = node.event;
  switch (event?.kind) {
    case 'error':
      raiseError(run, token, event.name, false, () => note(run, 'ended', token));
      return;
    case 'cancel':
      cancelTransaction(run, token);
      return;
    case 'compensate':
      beginCompensation(run, token, event.activity);
      return;
    case 'terminate':
      terminate(run, token);
      break;
  }
  note(run, 'ended', token);
  if (event?.kind === 'escalation') escalate(run, token, event.name, false);
  else send(run, token, node);
  if (run.tokens.has(token.i)) removeToken(run, token);
}
