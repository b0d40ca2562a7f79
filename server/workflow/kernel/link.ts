/** Second pass over a model: boundary events to their activities, starts, event sub-processes, links, receivable messages. */
import type { Container, Model, Node } from './model.ts';
import type { Report } from './problems.ts';

export function link(model: Model, report: Report): void {
  for (const container of model.containers.values()) {
    for (const node of container.nodes) linkNode(model, container, node, report);
    container.starts = startsOf(container);
  }
  for (const container of model.containers.values())
    for (const node of container.nodes)
      if (node.type === 'throw' && node.event?.kind === 'link' && !container.links.has(node.event.name))
        report(node.id, 'missingLink', node.event.name);
}

function linkNode(model: Model, container: Container, node: Node, report: Report): void {
  const event = node.event;
  if (node.type === 'boundary') {
    const host = model.nodes.get(node.attachedTo ?? '');
    if (!host || host.parent !== node.parent) report(node.id, 'missingReference', 'attachedToRef');
    else if (event?.kind === 'compensate') {
      if (host.compensation?.event !== node.id) report(node.id, 'missingHandler');
    } else host.boundaries.push(node);
  }
  if (node.type === 'catch' && event?.kind === 'link') container.links.set(event.name, node);
  if (event?.kind === 'conditional') model.hasConditions = true;
  if (event?.kind === 'message' && node.type !== 'throw' && node.type !== 'end') model.messages.add(event.name);
  if (event?.kind === 'compensate' && event.activity && !model.nodes.has(event.activity))
    report(node.id, 'missingReference', event.activity);
  if (node.eventSub) {
    const start = model.containers.get(node.id)?.nodes.find((n) => n.type === 'start');
    if (!start?.event || start.event.kind === 'none') report(node.id, 'noStart');
    else container.eventSubs.push({ node, start });
  }
  if (node.type === 'call' && model.calls === 'inline' && !model.containers.has(node.calledElement ?? ''))
    report(node.id, 'unknownCall', node.calledElement);
}

/** The plain start event; else the only kind there is; without start events, every element nothing leads to. */
function startsOf(container: Container): Node[] {
  const starts = container.nodes.filter((n) => n.type === 'start');
  const plain = starts.find((n) => n.event?.kind === 'none') ?? starts[0];
  if (plain) return [plain];
  return container.nodes.filter(
    (n) =>
      n.in.length === 0 &&
      n.type !== 'boundary' &&
      !n.forCompensation &&
      !n.eventSub &&
      !(n.type === 'catch' && n.event?.kind === 'link'),
  );
}
