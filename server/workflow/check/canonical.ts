/** A name for a state that does not depend on the numbers of its tokens: equal names, equal future. */
import type { State } from '../kernel/index.ts';

type Token = State['t'][number];
type Scope = State['s'][number];

export function canonical(state: State): string {
  const scopes = new Map(state.s.map((s) => [s.i, s]));
  const owned = new Map(state.s.map((s) => [s.t, s]));
  const members = new Map<number, Token[]>();
  for (const token of state.t) members.set(token.s, [...(members.get(token.s) ?? []), token]);
  const ofScope = (scope: Scope): string => {
    const tokens = (members.get(scope.i) ?? []).map(ofToken).sort();
    const undoable = [...new Set((scope.r ?? []).map((r) => r.n))].sort();
    return `${scope.n}${scope.w ?? ''}${scope.k?.next ?? ''}${times(scope.z)}[${tokens.join(' ')}]${undoable.length ? `{${undoable.join()}}` : ''}`;
  };
  const ofToken = (token: Token): string => {
    const inner = owned.get(token.i);
    const queue = token.q?.map(([s, r]) => `${scopes.get(s)?.n}/${r.n}`).join();
    const parts = [token.n, token.f ?? '', token.c ? 'c' : '', token.u ? 'u' : '', times(token.z), queue ?? ''];
    return parts.join(':') + (inner ? ofScope(inner) : '');
  };
  const root = owned.get(0);
  return `${state.status} ${root ? ofScope(root) : ''}`;
}

const times = (z: Record<string, number> | undefined) =>
  z
    ? Object.entries(z)
        .map(([id, n]) => `${id}${Math.min(n, 2)}`)
        .sort()
        .join()
    : '';
