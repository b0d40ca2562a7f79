import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { schemas } from './openapi-schemas.ts';

/** Where a body differs from the shape the open interface documents; empty: nowhere. */
export function violations(name: keyof typeof schemas, body: unknown): ErrorObject[] {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: {
      uuid: /^[0-9a-f-]{36}$/,
      uri: { validate: (text: string) => URL.canParse(text) },
      date: /^\d{4}-\d{2}-\d{2}$/,
      'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+07:00$/,
    },
  });
  const validate = ajv.compile({ $ref: `#/components/schemas/${name}`, components: { schemas } });
  validate(body);
  return validate.errors ?? [];
}
