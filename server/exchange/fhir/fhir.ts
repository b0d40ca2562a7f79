import {
  type FoundFacility,
  getFacility,
  lastChanges,
  listServices,
  searchFacilities,
} from '#server/facilities/index.ts';
import { env } from '#server/platform/env.ts';
import { type Context, notFound } from '#server/platform/index.ts';
import { fhirJson, outcome, outcomeOf } from './outcome.ts';
import { compact, healthcareServiceOf, locationOf, organizationOf, serviceId } from './resources.ts';
import {
  type FhirSearch,
  type ResourceType,
  readSearch,
  readServiceId,
  resourceTypes,
  searchParameters,
} from './search-parameters.ts';

const isResource = (name: string): name is ResourceType => resourceTypes.some((each) => each === name);
const base = () => `${env().appUrl}/api/fhir`;

interface Found {
  items: { id: string; resource: object }[];
  page: number;
  pageSize: number;
  total: number;
}

/** One request of the FHIR R4 door (read and search, JSON): `path` is what follows `/api/fhir/`. Reads no cookie. */
export async function fhir(ctx: Context, request: Request, path: readonly string[]): Promise<Response> {
  const [type = '', id, ...rest] = path;
  try {
    if (type === 'metadata' && id === undefined) return fhirJson(capabilities(ctx.now()));
    if (!isResource(type) || rest.length > 0) return outcome(404, 'not-supported', `There is no ${type} here.`);
    if (id !== undefined) return fhirJson((await read(ctx, type, id)).items[0]?.resource ?? notFound());
    return fhirJson(await search(ctx, type, new URL(request.url).searchParams));
  } catch (error) {
    return outcomeOf(error);
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const single = (items: Found['items']): Found => ({ items, page: 1, pageSize: 1, total: items.length });

/** One resource by its id. @throws AppError notFound */
async function read(ctx: Context, type: ResourceType, id: string): Promise<Found> {
  if (type === 'HealthcareService') {
    const { facilityId, service } = readServiceId(id) ?? notFound();
    const facility = await getFacility(ctx, { id: facilityId });
    return single(facility.services.includes(service) ? await servicesOf(ctx, [{ facility, service }]) : notFound());
  }
  return single(await facilitiesAs(ctx, type, [uuid.test(id) ? await getFacility(ctx, { id }) : notFound()]));
}

async function facilitiesAs(ctx: Context, type: 'Location' | 'Organization', list: readonly FoundFacility[]) {
  const changes = await changesOf(ctx, list);
  const write = type === 'Location' ? locationOf : organizationOf;
  return list.map((each) => ({ id: each.id, resource: compact(write(each, changes.get(each.id)!)) }));
}

type Services = Awaited<ReturnType<typeof listServices>>['items'];

async function servicesOf(ctx: Context, list: Services) {
  const changes = await changesOf(
    ctx,
    list.map(({ facility }) => facility),
  );
  return list.map((each) => ({
    id: serviceId(each),
    resource: compact(healthcareServiceOf(each, changes.get(each.facility.id)!)),
  }));
}

const changesOf = (ctx: Context, list: readonly { id: string }[]) =>
  lastChanges(
    ctx.db,
    list.map(({ id }) => id),
  );

async function search(ctx: Context, type: ResourceType, params: URLSearchParams) {
  const asked = readSearch(type, params);
  const found = await find(ctx, type, asked);
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
          entry: found.items.map(({ id, resource }) => ({
            fullUrl: `${base()}/${type}/${id}`,
            resource,
            search: { mode: 'match' },
          })),
        }
      : {}),
  };
}

async function find(ctx: Context, type: ResourceType, asked: FhirSearch): Promise<Found> {
  const { id, criteria, changedFrom, changedBefore, service, facilityId } = asked;
  if (id) return readAmong(ctx, type, id, asked);
  if (type !== 'HealthcareService') {
    const list = await searchFacilities(ctx, { ...criteria, exact: true });
    return { ...list, items: await facilitiesAs(ctx, type, list.items) };
  }
  const list = await listServices(ctx, {
    ...(criteria.q ? { q: criteria.q } : {}),
    ...(changedFrom ? { changedFrom } : {}),
    ...(changedBefore ? { changedBefore } : {}),
    ...(service ? { service } : {}),
    ...(facilityId ? { facilityId } : {}),
    page: criteria.page ?? 1,
    pageSize: criteria.pageSize ?? 20,
  });
  return { ...list, items: await servicesOf(ctx, list.items) };
}

/** `_id` beside `_lastUpdated`: none when it was changed outside of that time. */
async function readAmong(ctx: Context, type: ResourceType, id: string, { changedFrom, changedBefore }: FhirSearch) {
  const found = await read(ctx, type, id).catch(() => single([]));
  const [one] = found.items;
  const at = one && (one.resource as { meta: { lastUpdated: string } }).meta.lastUpdated;
  const within = at && !(changedFrom && at < changedFrom) && !(changedBefore && at >= changedBefore);
  return within ? found : single([]);
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
      resource: resourceTypes.map((type) => ({
        type,
        interaction: [{ code: 'read' }, { code: 'search-type' }],
        searchParam: searchParameters
          .filter(({ of }) => of.includes(type))
          .map(({ name, type: kind, documentation }) => ({ name, type: kind, documentation })),
      })),
    },
  ],
});
