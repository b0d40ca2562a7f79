import { deviceClasses, deviceStatuses, noticeKinds } from '#server/devices/rules.ts';
import { drugStatuses, prescriptionClasses, recallKinds, recallStates } from '#server/drugs/rules.ts';
import { facilityKinds, licenceStatuses } from '#server/facilities/rules.ts';

const text = { type: 'string' };
const nullable = (type: string, more: object = {}) => ({ type: [type, 'null'], ...more });
const object = (properties: Record<string, object>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const words = object({ vi: text, en: text });
const place = object({ code: text, name: text });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const instant = { type: 'string', format: 'date-time', description: 'ISO 8601 with the offset +07:00' };
const day = { type: 'string', format: 'date' };

const Licence = object({
  number: text,
  kind: text,
  status: { enum: [...licenceStatuses] },
  issuedBy: text,
  issuedOn: day,
  validFrom: day,
  validTo: orNull(day),
});

const Facility = object(
  {
    id: { type: 'string', format: 'uuid' },
    code: { type: 'string', examples: ['HNO-NT-000001'] },
    kind: { enum: [...facilityKinds] },
    name: text,
    owner: text,
    address: object({ line: text, ward: orNull(place), province: place }),
    location: orNull(object({ latitude: { type: 'number' }, longitude: { type: 'number' } })),
    phone: nullable('string'),
    openingHours: orNull({
      type: 'object',
      description: 'weekday 1 (Monday) to 7, spans in local time',
      additionalProperties: { type: 'array', items: object({ from: text, to: text }) },
    }),
    openNow: nullable('boolean', { description: 'null: hours unknown, or no licence in force' }),
    professionalLead: nullable('string'),
    staff: {
      type: 'array',
      description: 'people licensed to practise who work there',
      items: object({ name: text, certificate: text, scope: text }, ['scope']),
    },
    services: { type: 'array', items: text },
    licence: orNull(Licence),
    closedOn: orNull({ ...day, description: 'the first day on which it no longer works' }),
    url: { type: 'string', format: 'uri' },
    distanceKm: { type: 'number', description: 'only with near' },
  },
  ['distanceKm'],
);

const FacilityList = object({
  items: { type: 'array', items: { $ref: '#/components/schemas/Facility' } },
  page: { type: 'integer' },
  pageSize: { type: 'integer' },
  total: { type: 'integer' },
});

const DrugRecall = object({
  id: { type: 'string', format: 'uuid' },
  number: text,
  level: { enum: [1, 2, 3], description: '1 is the gravest' },
  kind: { enum: [...recallKinds] },
  state: { enum: [...recallStates] },
  reason: text,
  allBatches: { type: 'boolean' },
  batches: { type: 'array', items: text, description: 'As printed; they compare without case and separators' },
  issuedOn: day,
  deadline: day,
  sourceDecision: nullable('string'),
  endedOn: orNull(day),
  url: { type: 'string', format: 'uri' },
});

const declaredPrice = {
  price: { type: 'integer', description: 'Whole đồng for one unit' },
  currency: { const: 'VND' },
  unit: text,
  effectiveFrom: day,
  declaredBy: text,
  announcedOn: day,
  recordedAt: instant,
};

const FailedTest = object({
  batch: text,
  sampleNumber: text,
  takenOn: day,
  takenAt: text,
  laboratory: text,
  method: text,
  standard: text,
  tests: {
    type: 'array',
    items: object({
      name: text,
      requirement: nullable('string'),
      result: nullable('string'),
      passed: { type: 'boolean' },
    }),
  },
  passed: { type: 'boolean', description: 'true: corrected since' },
  certificateNumber: text,
  certificateOn: day,
  recalls: { type: 'array', items: text, description: 'Numbers of recalls of its batch' },
});

const drug = {
  id: { type: 'string', format: 'uuid' },
  registrationNumber: { type: 'string', examples: ['893110123424', 'VD-4878-14'] },
  name: text,
  ingredients: {
    type: 'array',
    items: object({ name: text, strength: nullable('string'), atc: nullable('string') }),
  },
  dosageForm: nullable('string'),
  manufacturer: nullable('string'),
  country: nullable('string'),
  registrant: nullable('string'),
  prescription: { enum: [...prescriptionClasses] },
  status: { enum: [...drugStatuses] },
  issuedOn: orNull(day),
  validTo: orNull(day),
  withdrawnOn: orNull(day),
  recalls: { type: 'array', items: { $ref: '#/components/schemas/DrugRecall' } },
  prices: { type: 'array', items: object(declaredPrice), description: 'Declared prices in effect, one a unit' },
  url: { type: 'string', format: 'uri' },
};
const Drug = object(drug);
const DrugDetail = object({
  ...drug,
  pricesOn: { ...day, description: 'The day prices are of' },
  priceHistory: { type: 'array', items: object({ ...declaredPrice, replaced: { type: 'boolean' } }) },
  failedTests: { type: 'array', items: FailedTest },
});

const DrugList = object({
  items: { type: 'array', items: { $ref: '#/components/schemas/Drug' } },
  page: { type: 'integer' },
  pageSize: { type: 'integer' },
  total: { type: 'integer' },
});

const Device = object({
  id: { type: 'string', format: 'uuid' },
  registrationNumber: { type: 'string', examples: ['220000123/PCBA-HN', '2301045ĐKLH/BYT-HTTB'] },
  name: text,
  maker: text,
  model: text,
  type: text,
  class: { enum: [...deviceClasses] },
  emdn: nullable('string'),
  udiDis: { type: 'array', items: { type: 'string', pattern: '^\\d{14}$' } },
  country: nullable('string'),
  owner: nullable('string'),
  registrant: nullable('string'),
  status: { enum: [...deviceStatuses] },
  issuedOn: orNull(day),
  validTo: orNull(day),
  suspendedFrom: orNull(day),
  suspendedTo: orNull(day),
  withdrawnOn: orNull(day),
  notices: {
    type: 'array',
    description: 'Field-safety notices that stand; no lot means all of them',
    items: object({
      number: text,
      kind: { enum: [...noticeKinds] },
      title: text,
      issuedOn: day,
      lots: { type: 'array', items: text },
      url: { type: 'string', format: 'uri' },
    }),
  },
  url: { type: 'string', format: 'uri' },
});

const DeviceList = object({
  items: { type: 'array', items: { $ref: '#/components/schemas/Device' } },
  page: { type: 'integer' },
  pageSize: { type: 'integer' },
  total: { type: 'integer' },
});

const Problem = object(
  {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    reason: text,
    fields: {
      type: 'array',
      items: object({ path: text, reason: text, detail: text, values: { type: 'object' } }, ['values']),
    },
  },
  ['fields'],
);

const named = (extra: Record<string, object> = {}) => object({ ...extra, vi: text, en: text });
const DossierStatus = object({
  code: text,
  procedure: words,
  state: named({ number: { type: 'integer', minimum: 1, maximum: 10 }, name: text }),
  step: orNull(named({ name: text, since: orNull(instant) })),
  heldBy: orNull(named({ role: text })),
  filedAt: orNull(instant),
  receivedAt: orNull(instant),
  dueAt: orNull(instant),
  workingDaysLeft: nullable('number'),
  answerDueAt: orNull(instant),
  lapsed: { type: 'boolean' },
  supplements: { type: 'integer', minimum: 0 },
  clock: { enum: ['notStarted', 'running', 'stopped', 'finished'] },
  phases: { type: 'array', items: object({ title: words, state: { enum: ['done', 'current', 'upcoming'] } }) },
  at: instant,
});

const Certificate = object({ subject: text, issuer: text, serial: text, validFrom: text, validTo: text });
const Verification = object({
  verdict: { enum: ['intact', 'altered', 'incomplete', 'untrusted', 'unsigned', 'unreadable'] },
  issuedHere: { type: 'boolean' },
  status: { enum: [...licenceStatuses, null] },
  reasons: { type: 'array', items: text },
  missing: { type: 'array', items: text },
  sha256: text,
  document: orNull(
    object({
      kind: text,
      title: text,
      number: nullable('string'),
      issuedBy: text,
      issuedOn: orNull(day),
      verifyCode: text,
      url: { type: 'string', format: 'uri' },
    }),
  ),
  facility: orNull(object({ id: text, name: text })),
  signatures: {
    type: 'array',
    items: object({
      field: text,
      role: nullable('string'),
      signer: text,
      organisation: nullable('string'),
      title: nullable('string'),
      signedAt: nullable('string'),
      level: text,
      intact: { type: 'boolean' },
      trusted: { type: 'boolean' },
      coversWholeDocument: { type: 'boolean' },
      problems: { type: 'array', items: text },
      certificateChain: { type: 'array', items: Certificate },
    }),
  },
});

const count = { type: 'integer', minimum: 1 };
const AuditHead = object({
  statement: object({
    version: { const: 1 },
    ordinal: count,
    issuer: text,
    firstRow: count,
    lastRow: count,
    chainDigest: text,
    treeRoot: text,
    previous: nullable('string'),
    at: { type: 'string', format: 'date-time' },
  }),
  jws: text,
  timestamp: nullable('string'),
});
const AuditHeadList = object({
  key: object({ fingerprint: text, chain: { type: 'array', items: text } }),
  items: { type: 'array', items: AuditHead },
  page: count,
  pageSize: count,
  total: { type: 'integer', minimum: 0 },
});

const texts = { type: 'object', additionalProperties: text };
const Entry = object({
  id: { type: 'string', format: 'uuid' },
  register: { enum: ['facilities', 'drugs', 'devices'] },
  title: text,
  asOf: day,
  knownAt: orNull(day),
  status: orNull({ ...text, description: 'how it stood on that day; null: nothing was said of that day yet' }),
  movedTo: orNull({ type: 'string', format: 'uuid', description: 'the entry it was merged into' }),
  closed: { type: 'boolean' },
  fields: orNull({ ...texts, description: 'null: nothing was said of that day yet' }),
  history: {
    type: 'array',
    description: 'the latest recorded first',
    items: object({
      action: text,
      validFrom: day,
      validTo: orNull(day),
      recordedAt: instant,
      decisionNumber: nullable('string'),
      changes: { type: 'array', items: object({ name: text, before: text, after: text }) },
    }),
  },
  url: { type: 'string', format: 'uri' },
});

const EntryList = object({
  asOf: day,
  knownAt: orNull(day),
  items: {
    type: 'array',
    items: object({
      id: { type: 'string', format: 'uuid' },
      register: { enum: ['facilities', 'drugs', 'devices'] },
      title: text,
      status: nullable('string'),
      fields: texts,
      url: { type: 'string', format: 'uri' },
    }),
  },
  page: count,
  pageSize: count,
  total: { type: 'integer', minimum: 0 },
});

const OpenData = object({
  licence: object({ id: text, name: text, url: { type: 'string', format: 'uri' } }),
  date: day,
  datasets: {
    type: 'array',
    items: object({
      file: text,
      register: { enum: ['facilities', 'drugs', 'devices'] },
      mediaType: text,
      url: { type: 'string', format: 'uri' },
      rows: { type: 'integer', minimum: 0 },
    }),
  },
});

/** The shapes of the open interface, as JSON Schema 2020-12. */
export const schemas = {
  AuditHead,
  AuditHeadList,
  Facility,
  FacilityList,
  Device,
  DeviceList,
  Drug,
  DrugDetail,
  DrugList,
  DrugRecall,
  Entry,
  EntryList,
  OpenData,
  Problem,
  DossierStatus,
  Verification,
};
