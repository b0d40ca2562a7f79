/** Reading BPMN XML into bpmn-moddle's objects; the only place that knows how they look. */
import { BpmnModdle } from 'bpmn-moddle';
import { refuseUnsafeXml } from '#server/platform/safe-xml.ts';
import { zeebeDescriptor } from './zeebe.ts';

/** One parsed element. bpmn-moddle resolves references to elements, and gives back `$type` such as `bpmn:UserTask`. */
export interface Element {
  $type: string;
  $attrs?: Record<string, string>;
  $parent?: Element;
  id?: string;
  name?: string;
  // biome-ignore lint/suspicious/noExplicitAny: moddle objects carry whatever the schema of their type names
  [property: string]: any;
}

export interface Parsed {
  definitions: Element;
  /** bpmn-moddle's own words, one per unknown attribute, unparsable element or unresolved reference */
  warnings: { message: string; element?: string }[];
}

/** Parses BPMN 2.0 XML; throws bpmn-moddle's error when it is not XML or not BPMN. */
export async function parseBpmn(xml: string): Promise<Parsed> {
  refuseUnsafeXml(xml);
  const moddle = new BpmnModdle({ zeebe: zeebeDescriptor });
  const { rootElement, warnings } = await moddle.fromXML(xml);
  return {
    definitions: rootElement as unknown as Element,
    warnings: warnings.map((w) => {
      const element = (w as { element?: Element }).element?.id;
      return { message: w.message, ...(element && { element }) };
    }),
  };
}

/** The extension elements of one element, by their local type name, e.g. `TaskDefinition`. */
export function extensionsOf(element: Element): { type: string; values: Element }[] {
  const values = (element.extensionElements?.values ?? []) as Element[];
  return values.map((v) => ({ type: v.$type.replace(/^zeebe:/, ''), values: v }));
}
