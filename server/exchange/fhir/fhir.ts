import { localDate } from '#server/calendar/index.ts';
import {
  type FoundFacility,
  getFacility,
  lastChanges,
  listServices,
  searchFacilities,
} from '#server/facilities/index.ts';
import { env } from '#server/platform/env.ts';
import { type Context, notFound } from '#server/platform/index.ts';
import { askedByForm } from './asked-by-form.ts';
import { fhirJson, outcome, outcomeOf, WrongParameter } from './outcome.ts';
import { compact, healthcareServiceOf, locationOf, organizationOf, serviceId } from './resources.ts';
import {
  type FhirSearch,
  includes,
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
  /** those the items are of */
  facilities: readonly FoundFacility[];
  page: number;
  pageSize: number;
  total: number;
}

/**
 * One request of the FHIR R4 door (read and search, JSON): `path` is what follows `/api/fhir/`. Reads no cookie. An answer that the
 * caller has already, by its tag, is 304.
 */
export async function fhir(ctx: Context, request: Request, path: readonly string[]): Promise<Response> {
  const [type = '', id, ...rest] = path;
  try {
    if (type === 'metadata' && id === undefined && request.method !== 'POST')
      return fhirJson(capabilities(ctx.now()), { request });
    if (!isResource(type) || rest.length > 0) return outcome(404, 'not-supported', `There is no ${type} here.`);
    if (request.method === 'POST') {
      if (id !== '_search')
        return outcome(405, 'not-supported', `What is sent to ${type} is a search: ${type}/_search.`);
      return fhirJson(await search(ctx, type, await askedByForm(request)));
    }
    const { searchParams } = new URL(request.url);
    if (id === undefined) return fhirJson(await search(ctx, type, searchParams), { request });
    assertReadAlone(searchParams);
    return fhirJson((await read(ctx, type, id)).items[0]?.resource ?? notFound(), { request });
  } catch (error) {
    return outcomeOf(error);
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const single = (items: Found['items'], facilities: readonly FoundFacility[]): Found => ({
  items,
  facilities,
  page: 1,
  pageSize: 1,
  total: items.length,
});

/** One resource by its id. @throws AppError notFound */
async function read(ctx: Context, type: ResourceType, id: string): Promise<Found> {
  if (type === 'HealthcareService') {
    const { facilityId, service } = readServiceId(id) ?? notFound();
    const facility = await getFacility(ctx, { id: facilityId });
    if (!facility.services.includes(service)) notFound();
    return single(await servicesOf(ctx, [{ facility, service }]), [facility]);
  }
  const facility = uuid.test(id) ? await getFacility(ctx, { id }) : notFound();
  return single(await facilitiesAs(ctx, type, [facility]), [facility]);
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
  const along = await included(ctx, asked.include, found);
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
          entry: [
            ...found.items.map(({ id, resource }) => entryOf(type, id, resource, 'match')),
            ...along.map(({ kind, id, resource }) => entryOf(kind, id, resource, 'include')),
          ],
        }
      : {}),
  };
}

const entryOf = (type: ResourceType, id: string, resource: object, mode: 'match' | 'include') => ({
  fullUrl: `${base()}/${type}/${id}`,
  resource,
  search: { mode },
});

/** What comes along with a page of what was found: each place and each organisation once. */
async function included(ctx: Context, kinds: FhirSearch['include'], { facilities }: Found) {
  const once = [...new Map(facilities.map((each) => [each.id, each])).values()];
  const lists = [];
  for (const kind of kinds) lists.push((await facilitiesAs(ctx, kind, once)).map((each) => ({ kind, ...each })));
  return lists.flat();
}

async function find(ctx: Context, type: ResourceType, asked: FhirSearch): Promise<Found> {
  const { id, criteria, changedFrom, changedBefore, service, facilityId } = asked;
  if (id) return readAmong(ctx, type, id, asked);
  if (type !== 'HealthcareService') {
    const list = await searchFacilities(ctx, { ...criteria, exact: true });
    return { ...list, items: await facilitiesAs(ctx, type, list.items), facilities: list.items };
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
  return { ...list, items: await servicesOf(ctx, list.items), facilities: list.items.map(({ facility }) => facility) };
}

/** `_id` beside `_lastUpdated`: none when it was changed outside of that time. */
async function readAmong(ctx: Context, type: ResourceType, id: string, { changedFrom, changedBefore }: FhirSearch) {
  const found = await read(ctx, type, id).catch(() => single([], []));
  const [one] = found.items;
  const at = one && (one.resource as { meta: { lastUpdated: string } }).meta.lastUpdated;
  const within = at && !(changedFrom && at < changedFrom) && !(changedBefore && at >= changedBefore);
  return within ? found : single([], []);
}

/** Of one resource nothing else is asked: what would be passed over is refused. */
function assertReadAlone(params: URLSearchParams): void {
  const [other] = [...params.keys()].filter((name) => name !== '_format');
  if (other) throw new WrongParameter(other, `The parameter ${other} is not supported where one resource is read.`);
}

/** What this door can do (HL7 FHIR R4, CapabilityStatement). */
const capabilities = (at: Date) => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  // of the day: within it the statement stays the same, byte by byte
  date: localDate(at),
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
        versioning: 'no-version',
        conditionalRead: 'not-match',
        ...(includes[type].length > 0 ? { searchInclude: includes[type] } : {}),
        searchParam: searchParameters
          .filter(({ of }) => of.includes(type))
          .map(({ name, type: kind, documentation }) => ({ name, type: kind, documentation })),
      })),
    },
  ],
});
