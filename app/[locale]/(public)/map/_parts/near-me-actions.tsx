'use server';
import { z } from 'zod';
import { findForMap, type MapResult } from './find.tsx';
import { readMapFilters } from './map-query.ts';

const Here = z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });
const Address = z.record(z.string(), z.string().max(300));

/** The view of an address from where the reader stands. The point comes in the body, is used and forgotten. */
export async function searchNearMe(search: Record<string, string>, here: z.input<typeof Here>): Promise<MapResult> {
  return findForMap('/map', readMapFilters(Address.parse(search)), Here.parse(here));
}
