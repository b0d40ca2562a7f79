/** A compiled BPMN file: plain, immutable data the kernel walks. Built once per definition hash by `compile`. */
import type { Expression } from './expressions.ts';

export type TaskKind = 'user' | 'service' | 'script' | 'businessRule' | 'send' | 'receive';

export type NodeType =
  | 'task'
  | 'pass'
  | 'call'
  | 'sub'
  | 'start'
  | 'end'
  | 'catch'
  | 'throw'
  | 'boundary'
  | 'exclusive'
  | 'inclusive'
  | 'parallel'
  | 'eventGateway';

export interface TimerDefinition {
  kind: 'duration' | 'date' | 'cycle';
  /** the ISO 8601 text, or the FEEL source behind a leading `=` */
  text: string;
  expression?: Expression;
  /** how often a cycle fires; one for the others; Infinity for `R/…` */
  repeats: number;
}

/** The one event definition of an event. `name` is the message or signal name, the error or escalation code, or the link name. */
export type EventDefinition =
  | { kind: 'none' | 'terminate' | 'cancel' }
  | { kind: 'message'; name: string; correlationKey?: Expression }
  | { kind: 'signal' | 'link'; name: string }
  | { kind: 'error' | 'escalation'; name?: string }
  | { kind: 'timer'; timer: TimerDefinition }
  | { kind: 'conditional'; condition: Expression }
  | { kind: 'compensate'; activity?: string };

export interface Flow {
  id: string;
  source: string;
  target: string;
  condition?: Expression;
}

export interface Loop {
  kind: 'parallel' | 'sequential' | 'standard';
  cardinality?: Expression;
  collection?: Expression;
  element?: string;
  outputCollection?: string;
  outputElement?: Expression;
  /** multi-instance: completion condition; standard loop: the condition to go on */
  condition?: Expression;
  testBefore?: boolean;
  maximum?: number;
}

/** What a modeler put into `zeebe:` extensions, flattened; the host reads it, the kernel does not. */
export interface NodeProperties {
  [key: string]: string;
}

export interface Node {
  id: string;
  name?: string;
  type: NodeType;
  task?: TaskKind;
  /** id of the enclosing process or sub-process */
  parent: string;
  /** depth of the enclosing container, the process being 0 */
  depth: number;
  out: Flow[];
  in: Flow[];
  defaultFlow?: string;
  event?: EventDefinition;
  /** boundary events except compensation, in model order */
  boundaries: Node[];
  /** boundary: the activity it is attached to */
  attachedTo?: string;
  /** boundary or event sub-process start: false leaves the activity or scope running */
  interrupting: boolean;
  loop?: Loop;
  /** activity with a compensation boundary: that event and its handler */
  compensation?: { event: string; handler: string };
  /** a handler: runs only as compensation */
  forCompensation: boolean;
  transaction: boolean;
  eventSub: boolean;
  calledElement?: string;
  properties: NodeProperties;
}

/** A process or sub-process. */
export interface Container {
  id: string;
  parent?: string;
  nodes: Node[];
  /** where a token starts when no start event is named */
  starts: Node[];
  eventSubs: EventSub[];
  /** link catch events by link name */
  links: Map<string, Node>;
}

export interface EventSub {
  node: Node;
  start: Node;
}

export interface Model {
  /** id of the process to run */
  main: string;
  nodes: Map<string, Node>;
  containers: Map<string, Container>;
  /** ids of the executable or called processes of the file, by which a call activity runs inside the same state */
  processes: Set<string>;
  /** names some element can receive */
  messages: Set<string>;
  hasConditions: boolean;
  /** `inline`: called processes of the same file run inside the state; `external`: each call waits for a child instance */
  calls: 'inline' | 'external';
}
