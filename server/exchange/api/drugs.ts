import { z } from 'zod';
import { type DrugView, searchDrugs } from '#server/drugs/index.ts';
import { drugStatuses, prescriptionClasses } from '#server/drugs/rules.ts';
import { env } from '#server/platform/env.ts';
import { parseInput } from '#server/platform/index.ts';
import type { ApiHandler } from '../api-route.ts';
import { onceEach, whole, withEtag } from './list-answer.ts';

/** `GET /api/v1/drugs`: words, status and class; what is not known is refused. */
export const DrugsQuery = z.strictObject({
  q: z.string().max(200).optional(),
  page: whole.optional(),
  pageSize: whole.optional(),
  status: z.enum(drugStatuses).optional(),
  prescription: z.enum(prescriptionClasses).optional(),
});

/** `GET /api/v1/drugs`: the public register of drugs. */
export const listDrugs: ApiHandler = async (ctx, request) => {
  const query = parseInput(DrugsQuery, onceEach(new URL(request.url).searchParams));
  const { items, page, pageSize, total } = await searchDrugs(ctx, query);
  return withEtag(request, JSON.stringify({ items: items.map(drugResource), page, pageSize, total }));
};

const drugResource = (drug: DrugView) => ({
  id: drug.id,
  registrationNumber: drug.registrationNumber,
  name: drug.name,
  ingredients: drug.ingredients.map(({ name, strength, atc }) => ({
    name,
    strength: strength ?? null,
    atc: atc ?? null,
  })),
  dosageForm: drug.dosageForm,
  manufacturer: drug.manufacturer,
  country: drug.country,
  registrant: drug.registrant,
  prescription: drug.prescription,
  status: drug.status,
  issuedOn: drug.issuedOn,
  validTo: drug.validTo,
  withdrawnOn: drug.withdrawnOn,
  url: `${env().appUrl}/registers/drugs/${drug.id}`,
});
