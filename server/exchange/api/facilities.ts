import { z } from 'zod';
import { type FoundFacility, getFacility, searchFacilities } from '#server/facilities/index.ts';
import { FacilityKind, SearchFacilities } from '#server/facilities/inputs.ts';
import { licenceStatuses } from '#server/facilities/rules.ts';
import { env } from '#server/platform/env.ts';
import { AppError, parseInput } from '#server/platform/index.ts';
import type { ApiHandler } from '../api-route.ts';
import { onceEach, oneToday, whole, withEtag } from './list-answer.ts';

const decimal = /^-?\d{1,3}(\.\d{1,12})?$/;
const degrees = (count: number) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.length === count && parts.every((part) => decimal.test(part)), 'exchange.errors.degrees')
    .transform((parts) => parts.map(Number));

/** `GET /api/v1/facilities`: `near=lat,lng`, `bbox=west,south,east,north` in degrees, `radiusKm` in kilometres. */
export const FacilitiesQuery = z
  .strictObject({
    q: z.string().max(200).optional(),
    page: whole.optional(),
    pageSize: whole.optional(),
    near: degrees(2).optional(),
    radiusKm: z
      .string()
      .regex(/^\d{1,4}(\.\d{1,6})?$/)
      .transform(Number)
      .optional(),
    bbox: degrees(4).optional(),
    service: z.string().optional(),
    openNow: z.enum(['true', 'false']).optional(),
    kind: FacilityKind.optional(),
    status: z.enum([...licenceStatuses, 'none']).optional(),
    province: z.string().optional(),
    ward: z.string().optional(),
    speciality: SearchFacilities.shape.speciality,
    insurance: SearchFacilities.shape.insurance,
    level: SearchFacilities.shape.level,
    ownership: SearchFacilities.shape.ownership,
  })
  .refine((query) => query.radiusKm === undefined || query.near !== undefined, {
    path: ['radiusKm'],
    message: 'exchange.errors.radiusNeedsNear',
  });

/** Where a criterion is called otherwise inside: a wrong field is reported by the name the caller used. */
const outerNames: Record<string, string> = { provinceCode: 'province', wardCode: 'ward' };

/** `GET /api/v1/facilities`: the public register, by every criterion at once; unknown ones are refused, not ignored. */
export const listFacilities: ApiHandler = async (ctx, request) => {
  const query = parseInput(FacilitiesQuery, onceEach(new URL(request.url).searchParams));
  const { near, bbox, openNow, province, ward, ...same } = query;
  const criteria: SearchFacilities = { ...same };
  if (near) criteria.near = { latitude: near[0]!, longitude: near[1]! };
  if (bbox) criteria.bbox = { west: bbox[0]!, south: bbox[1]!, east: bbox[2]!, north: bbox[3]! };
  if (openNow) criteria.openNow = openNow === 'true';
  if (province) criteria.provinceCode = province;
  if (ward) criteria.wardCode = ward;
  const { items, page, pageSize, total } = await searchFacilities(ctx, criteria).catch(withOuterNames);
  const body = JSON.stringify({ items: items.map(facilityResource), page, pageSize, total });
  return withEtag(request, body);
};

function withOuterNames(error: unknown): never {
  if (!(error instanceof AppError) || !error.details.fields) throw error;
  const fields = error.details.fields.map((field) => {
    const name = field.path.split('.')[0]!;
    return { ...field, path: outerNames[name] ?? name };
  });
  throw new AppError(error.code, error.reason, { ...error.details, fields });
}

function facilityResource(facility: FoundFacility) {
  const { licence, ward, province, latitude, longitude, distanceKm } = facility;
  return {
    id: facility.id,
    code: facility.code,
    kind: facility.kind,
    name: facility.name,
    owner: facility.ownerName,
    address: {
      line: facility.addressLine,
      ward: ward && { code: ward.code, name: ward.name },
      province: { code: province.code, name: province.name },
    },
    location: latitude === null || longitude === null ? null : { latitude, longitude },
    phone: facility.phone,
    openingHours: facility.openingHours,
    openNow: facility.open?.open ?? null,
    professionalLead: facility.professionalLead,
    staff: facility.staff,
    services: [...facility.scope, ...facility.services],
    licence: licence && {
      number: licence.number,
      kind: licence.kind,
      status: licence.status,
      issuedBy: licence.issuedBy.name,
      issuedOn: licence.issuedOn,
      validFrom: licence.validFrom,
      validTo: licence.validTo,
    },
    closedOn: facility.closedOn,
    url: `${env().appUrl}/registers/facilities/${facility.id}`,
    ...(distanceKm === undefined ? {} : { distanceKm: Math.round(distanceKm * 1000) / 1000 }),
  };
}

/** `GET /api/v1/facilities/{id}`: one facility as it stands today. */
export const oneFacility = oneToday('facilities', getFacility, facilityResource);
