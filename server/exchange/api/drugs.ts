import { z } from 'zod';
import {
  type DrugRecall,
  type DrugView,
  getDrug,
  type PriceView,
  priceHistory,
  searchDrugs,
  type TestView,
  testsOfDrug,
} from '#server/drugs/index.ts';
import { drugStatuses, prescriptionClasses } from '#server/drugs/rules.ts';
import { env } from '#server/platform/env.ts';
import { parseInput } from '#server/platform/index.ts';
import type { ApiHandler } from '../api-route.ts';
import { instantText, movedOn, onceEach, whole, withEtag } from './list-answer.ts';

const day = z.iso.date('registers.errors.date');

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
  recalls: drug.recalls.map(recallResource),
  prices: drug.prices.map(priceResource),
  url: `${env().appUrl}/registers/drugs/${drug.id}`,
});

const recallResource = (recall: DrugRecall) => ({
  id: recall.id,
  number: recall.number,
  level: recall.level,
  kind: recall.kind,
  state: recall.state,
  reason: recall.reason,
  allBatches: recall.batches.length === 0,
  batches: recall.batches,
  issuedOn: recall.issuedOn,
  deadline: recall.deadline,
  sourceDecision: recall.sourceDecision,
  endedOn: recall.endedOn,
  url: `${env().appUrl}/registers/recalls/${recall.id}`,
});

const priceResource = (price: PriceView) => ({
  price: price.price,
  currency: 'VND',
  unit: price.unit,
  effectiveFrom: price.effectiveFrom,
  declaredBy: price.declaredBy,
  announcedOn: price.announcedOn,
  recordedAt: instantText(price.recordedAt),
});

const testResource = (test: TestView) => ({
  batch: test.batch,
  sampleNumber: test.sampleNumber,
  takenOn: test.takenOn,
  takenAt: test.takenAt,
  laboratory: test.laboratory,
  method: test.method,
  standard: test.standard,
  tests: test.lines.map(({ name, requirement, result, passed }) => ({
    name,
    requirement: requirement ?? null,
    result: result ?? null,
    passed,
  })),
  passed: test.passed,
  certificateNumber: test.certificateNumber,
  certificateOn: test.certificateOn,
  recalls: test.recalls.map(({ number }) => number),
});

/** `GET /api/v1/drugs/{id}`: the day prices are asked for, and the last day whose records count. */
export const DrugQuery = z.strictObject({ on: day.optional(), known: day.optional() });

/** `GET /api/v1/drugs/{id}`: one drug with the whole history of its prices and the samples that failed. */
export const oneDrug: ApiHandler<{ id: string }> = async (ctx, request, { id }) => {
  const asked = parseInput(DrugQuery, onceEach(new URL(request.url).searchParams));
  const moved = await movedOn(ctx, 'drugs', id);
  if (moved) return moved;
  const drug = await getDrug(ctx, { id });
  const prices = await priceHistory(ctx, { id, ...asked });
  const tests = await testsOfDrug(ctx, { id });
  const body = {
    ...drugResource(drug),
    prices: prices.inForce.map(priceResource),
    pricesOn: prices.on,
    priceHistory: prices.history.map((price) => ({ ...priceResource(price), replaced: price.replaced })),
    failedTests: tests.map(testResource),
  };
  return withEtag(request, JSON.stringify(body));
};
