import { careLevels, insurances, ownerships, specialities } from '#db/enums/facility-classification.ts';
import { deviceClasses, deviceStatuses } from '#server/devices/rules.ts';
import { drugStatuses, prescriptionClasses } from '#server/drugs/rules.ts';
import { facilityKinds, licenceStatuses } from '#server/facilities/rules.ts';
import { datasets } from './open-data/datasets.ts';
import { schemas } from './openapi-schemas.ts';
import { maxVerifiedBytes } from './rules.ts';

const json = (name: keyof typeof schemas, description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const parameter = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });
const text = { type: 'string' };
const day = { type: 'string', format: 'date' };
const asOf = (others: string) => [
  parameter(
    'asOf',
    day,
    `The register as it was on that day; the answer is then an EntryList. Goes with q, status, page, pageSize${others}`,
  ),
  parameter('knownAt', day, 'With asOf: the last day whose records count'),
];
const oneOf = (list: keyof typeof schemas) => ({
  description: 'One page, in order',
  content: {
    'application/json': {
      schema: { oneOf: [list, 'EntryList'].map((name) => ({ $ref: `#/components/schemas/${name}` })) },
    },
  },
});

const paging = [
  parameter('page', { type: 'integer', minimum: 1, default: 1 }, 'Page, from 1'),
  parameter('pageSize', { type: 'integer', minimum: 1, maximum: 100, default: 20 }, 'Entries on a page'),
];

const devicesParameters = [
  parameter(
    'q',
    { ...text, maxLength: 300 },
    'Words in name, maker, model, type or number, a GTIN, or a whole UDI as printed or scanned; marks are not needed',
  ),
  ...paging,
  parameter('class', { enum: [...deviceClasses] }, 'Class of risk'),
  parameter('status', { enum: [...deviceStatuses] }, 'Whether it may circulate today'),
  parameter('emdn', { ...text, examples: ['A01'] }, 'Code of the European nomenclature, with all below it'),
];

const drugsParameters = [
  parameter(
    'q',
    { ...text, maxLength: 200 },
    'Words in name, ingredients or maker, an old or new registration number, or a GTIN; marks are not needed',
  ),
  ...paging,
  parameter('status', { enum: [...drugStatuses] }, 'Whether it may circulate today'),
  parameter('prescription', { enum: [...prescriptionClasses] }, 'Class'),
];

const facilitiesParameters = [
  parameter(
    'q',
    { ...text, maxLength: 200 },
    'Words in name, code, licence number or address; marks and typing errors are forgiven',
  ),
  ...paging,
  parameter(
    'near',
    { ...text, examples: ['21.0285,105.8542'] },
    'latitude,longitude in degrees: orders by distance and adds distanceKm',
  ),
  parameter('radiusKm', { type: 'number', exclusiveMinimum: 0, maximum: 2000 }, 'At most this far from near'),
  parameter('bbox', { ...text, examples: ['105.7,20.9,105.95,21.1'] }, 'west,south,east,north in degrees'),
  parameter('service', text, 'Has this service in its scope'),
  parameter('openNow', { enum: ['true', 'false'] }, 'Open at this minute in Vietnam, with a licence in force'),
  parameter('kind', { enum: [...facilityKinds] }, 'Kind of facility'),
  parameter('status', { enum: [...licenceStatuses, 'none'] }, 'Status of its licence today'),
  parameter('province', text, 'Code of the province (since 1 July 2025)'),
  parameter('ward', text, 'Code of the ward (since 1 July 2025)'),
  parameter('speciality', { enum: [...specialities] }, 'Has this speciality'),
  parameter('insurance', { enum: [...insurances] }, 'Takes this insurance'),
  parameter('level', { enum: [...careLevels] }, 'Level of care'),
  parameter('ownership', { enum: [...ownerships] }, 'Who owns it'),
];

/** One entry as of any day, by what was known until any other. */
const entryPath = (what: string) => ({
  get: {
    summary: `What the register says of ${what}, today or as of any day, with its whole history`,
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      parameter('asOf', day, 'The day in the world; today where it is missing'),
      parameter('knownAt', day, 'The last day whose records count; all where it is missing'),
    ],
    responses: {
      200: json('Entry', 'The entry'),
      304: { description: 'Not changed since the ETag' },
      404: problem('There is no such entry'),
      422: problem('A parameter is unknown, repeated or wrong'),
    },
  },
});

/** One entry as it stands today. */
const onePath = (schema: 'Facility' | 'Device', what: string) => ({
  get: {
    summary: `${what} as it stands today`,
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    responses: {
      200: json(schema, 'The entry'),
      308: { description: 'It was merged into another entry: the address of that one' },
      304: { description: 'Not changed since the ETag' },
      404: problem('There is no such entry'),
      422: problem('A parameter is unknown'),
    },
  },
});

const megabytes = maxVerifiedBytes / 1_048_576;

/** The description of the open interface (OpenAPI 3.1). `appUrl` is where people reach it. */
export const openApi = (appUrl: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Một Cửa: giao diện mở / open interface',
    version: '1.0.0',
    description: 'Public registers, verification of signed documents and the state of a dossier. No key is needed.',
  },
  servers: [{ url: `${appUrl}/api/v1` }],
  paths: {
    '/facilities': {
      get: {
        summary: 'Search the register of facilities',
        parameters: [...facilitiesParameters, ...asOf(', kind, province, ward, level')],
        responses: {
          200: oneOf('FacilityList'),
          304: { description: 'Not changed since the ETag' },
          422: problem('A parameter is unknown, repeated or wrong'),
        },
      },
    },
    '/devices': {
      get: {
        summary: 'Search the register of medical devices',
        parameters: [...devicesParameters, ...asOf(', class')],
        responses: {
          200: oneOf('DeviceList'),
          304: { description: 'Not changed since the ETag' },
          422: problem('A parameter is unknown, repeated or wrong'),
        },
      },
    },
    '/drugs': {
      get: {
        summary: 'Search the register of drugs',
        parameters: [...drugsParameters, ...asOf(', prescription')],
        responses: {
          200: oneOf('DrugList'),
          304: { description: 'Not changed since the ETag' },
          422: problem('A parameter is unknown, repeated or wrong'),
        },
      },
    },
    '/drugs/{id}': {
      get: {
        summary: 'One drug with its recalls, the history of its declared prices and the samples that failed',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
          parameter('on', { type: 'string', format: 'date' }, 'The day prices are asked for; today where left out'),
          parameter('known', { type: 'string', format: 'date' }, 'The last day whose records of prices count'),
        ],
        responses: {
          200: json('DrugDetail', 'The drug'),
          308: { description: 'It was merged into another drug: the address of that one' },
          304: { description: 'Not changed since the ETag' },
          404: problem('There is no such drug'),
          422: problem('A parameter is unknown, repeated or wrong'),
        },
      },
    },
    '/facilities/{id}': onePath('Facility', 'One facility'),
    '/devices/{id}': onePath('Device', 'One model of a medical device'),
    '/facilities/{id}/history': entryPath('a facility'),
    '/drugs/{id}/history': entryPath('a drug'),
    '/devices/{id}/history': entryPath('a device'),
    '/open-data': {
      get: {
        summary: 'What may be taken away whole, with licence, day and rows',
        parameters: [],
        responses: {
          200: json('OpenData', 'The data sets'),
          304: { description: 'Not changed since the ETag' },
          422: problem('A parameter is unknown'),
        },
      },
    },
    '/open-data/{file}': {
      get: {
        summary: 'A register as one file, streamed: CSV (UTF-8, RFC 4180) or GeoJSON (RFC 7946)',
        parameters: [{ name: 'file', in: 'path', required: true, schema: { enum: datasets.map(({ file }) => file) } }],
        responses: {
          200: {
            description: 'The file; its licence is in the Link header',
            content: Object.fromEntries(datasets.map(({ mediaType }) => [mediaType.split(';')[0], { schema: {} }])),
          },
          304: { description: 'Not changed since the ETag' },
          404: problem('There is no such file'),
        },
      },
    },
    '/verifications': {
      post: {
        summary: 'Verify a signed PDF. The file is not stored.',
        requestBody: {
          required: true,
          description: `At most ${megabytes} MB`,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { file: { type: 'string', contentMediaType: 'application/pdf' } },
                required: ['file'],
              },
            },
            'application/pdf': { schema: {} },
          },
        },
        responses: {
          200: json('Verification', 'The verdict'),
          422: problem('Not a readable PDF'),
          429: problem('Too many requests'),
        },
      },
    },
    '/audit-heads': {
      get: {
        summary: 'The signed heads of the audit log, the latest first, with the key that signs them',
        parameters: [
          parameter('page', { type: 'integer', minimum: 1, default: 1 }, 'Page, from 1'),
          parameter('pageSize', { type: 'integer', minimum: 1, maximum: 100, default: 30 }, 'Entries on a page'),
        ],
        responses: { 200: json('AuditHeadList', 'One page'), 422: problem('A parameter is unknown or wrong') },
      },
    },
    '/audit-heads/{ordinal}': {
      get: {
        summary: 'One head, as the offline checker of bundles takes it',
        parameters: [{ name: 'ordinal', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }],
        responses: { 200: json('AuditHead', 'The head'), 404: problem('No such head'), 422: problem('Not a number') },
      },
    },
    '/dossiers/{code}/status': {
      post: {
        summary: 'Where a dossier stands, for whoever has its code and secret',
        parameters: [
          { name: 'code', in: 'path', required: true, schema: { ...text, examples: ['000.00.10.H26-261123-0001'] } },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { secret: text },
                required: ['secret'],
                additionalProperties: false,
              },
            },
          },
        },
        responses: {
          200: json('DossierStatus', 'Nothing personal'),
          404: problem('No such pair of code and secret'),
          422: problem('The body is not right'),
          429: problem('Too many requests'),
        },
      },
    },
  },
  components: { schemas },
});
