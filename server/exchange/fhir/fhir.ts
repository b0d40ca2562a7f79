import { getFacility, searchFacilities } from '#server/facilities/index.ts';
import { env } from '#server/platform/env.ts';
import { type Context, notFound } from '#server/platform/index.ts';
import { fhirJson, outcome, outcomeOf } from './outcome.ts';
import { compact, locationOf, organizationOf } from './resources.ts';
import { readSearch, searchParameters } from './search-parameters.ts';

const resources = { Location: locationOf, Organization: organizationOf };
type Resource = keyof typeof resources;
const isResource = (name: string): name is Resource => Object.hasOwn(resources, name);
const base = () => `${env().appUrl}/api/fhir`;

/** One request of the FHIR R4 door (read and search, JSON): `path` is what follows `/api/fhir/`. Reads no cookie. */
export async function fhir(ctx: Context, request: Request, path: readonly string[]): Promise<Response> {
  const [type = '', id, ...rest] = path;
  try {
    if (type === 'metadata' && id === undefined) return fhirJson(capabilities(ctx.now()));
    if (!isResource(type) || rest.length > 0) return outcome(404, 'not-supported', `There is no ${type} here.`);
    if (id !== undefined) return fhirJson(compact(resources[type](await read(ctx, id))));
    return fhirJson(await search(ctx, type, new URL(request.url).searchParams));
  } catch (error) {
    return outcomeOf(error);
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const read = (ctx: Context, id: string) => (uuid.test(id) ? getFacility(ctx, { id }) : notFound());

async function search(ctx: Context, type: Resource, params: URLSearchParams) {
  const { id, criteria } = readSearch(type, params);
  const found = id
    ? await read(ctx, id).then(
        (one) => ({ items: [one], total: 1, page: 1, pageSize: 1 }),
        () => ({ items: [], total: 0, page: 1, pageSize: 1 }),
      )
    : await searchFacilities(ctx, criteria);
  const link = (relation: string, page: number) => {
    const query = new URLSearchParams([...params].filter(([name]) => name !== '_page'));
    query.set('_page', String(page));
    return { relation, url: `${base()}/${type}?${query}` };
  };
  const last = Math.ceil(found.total / found.pageSize);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.total,
    link: [
      link('self', found.page),
      ...(found.page > 1 ? [link('previous', found.page - 1)] : []),
      ...(found.page < last ? [link('next', found.page + 1)] : []),
    ],
    ...(found.items.length > 0
      ? {
          entry: found.items.map((item) => ({
            fullUrl: `${base()}/${type}/${item.id}`,
            resource: compact(resources[type](item)),
            search: { mode: 'match' },
          })),
        }
      : {}),
  };
}

/** What this door can do (HL7 FHIR R4, CapabilityStatement). */
const capabilities = (at: Date) => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: at.toISOString(),
  kind: 'instance',
  implementation: { description: 'Một Cửa: registers of health facilities', url: base() },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [
    {
      mode: 'server',
      resource: Object.keys(resources).map((type) => ({
        type,
        interaction: [{ code: 'read' }, { code: 'search-type' }],
        searchParam: searchParameters.filter(({ name }) => name !== 'near' || type === 'Location'),
      })),
    },
  ],
});
