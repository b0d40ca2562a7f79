/** A model whose conditions and collections are decided by the explorer instead of by data. */
import type { Expression, Model } from '../kernel/index.ts';

/** Hands out decisions and enumerates all combinations of them, one run after the other. */
export class Oracle {
  private script: { options: number; chosen: number }[] = [];
  private position = 0;
  private known = new Map<string, number>();
  /** conditional events that hold at the moment */
  holding = new Set<string>();

  begin(): void {
    this.script = [];
    this.rewind();
  }

  rewind(): void {
    this.position = 0;
    this.known.clear();
  }

  /** The same question within one step has the same answer, since no variable changes in between. */
  ask(question: string, options: number): number {
    const before = this.known.get(question);
    if (before !== undefined) return before;
    if (this.position === this.script.length) this.script.push({ options, chosen: 0 });
    const { chosen } = this.script[this.position]!;
    this.position += 1;
    this.known.set(question, chosen);
    return chosen;
  }

  /** What was answered in this run: the option chosen, by question. */
  answers(): ReadonlyMap<string, number> {
    return this.known;
  }

  /** Moves on to the next combination; false after the last. */
  next(): boolean {
    while (this.script.length > 0) {
      const last = this.script.at(-1)!;
      last.chosen += 1;
      if (last.chosen < last.options) {
        this.rewind();
        return true;
      }
      this.script.pop();
    }
    return false;
  }
}

/** Replaces every condition, collection and cardinality of a freshly compiled model by questions to the oracle. */
export function makeAbstract(model: Model, oracle: Oracle): void {
  const choice = (e: Expression, values: unknown[]): Expression => ({
    source: e.source,
    evaluate: () => values[oracle.ask(e.source, values.length)],
  });
  for (const node of model.nodes.values()) {
    for (const flow of node.out) if (flow.condition) flow.condition = choice(flow.condition, [true, false]);
    const loop = node.loop;
    if (loop?.condition)
      loop.condition = choice(loop.condition, loop.kind === 'standard' ? [false, true] : [true, false]);
    if (loop?.kind === 'standard') loop.maximum = 2;
    if (loop?.collection) loop.collection = choice(loop.collection, [['x', 'y'], []]);
    if (loop?.cardinality) loop.cardinality = choice(loop.cardinality, [2, 0]);
    const { event, id } = node;
    if (event?.kind === 'conditional')
      event.condition = { source: event.condition.source, evaluate: () => oracle.holding.has(id) };
  }
}
