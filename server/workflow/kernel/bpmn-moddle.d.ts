/** bpmn-moddle ships no types at its main entry; this is what the kernel uses of it. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>);
    fromXML(xml: string): Promise<{
      rootElement: unknown;
      warnings: { message: string; element?: { id?: string } }[];
      references: { element: { id?: string }; property: string; id: string }[];
    }>;
  }
}
