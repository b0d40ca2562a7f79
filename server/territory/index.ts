export type { Archipelago } from './boundaries/archipelagos.ts';
export { type Attribution, type Boundaries, boundaries, boundariesFrom } from './boundaries/boundaries.ts';
export type { Outline, OutlineFacts, Outlines } from './boundaries/outlines.ts';
export { type FoundPlace, placeAt, placesIn } from './boundaries/place-at.ts';
export { type BuiltInTerritory, loadTerritory, territoryFacts } from './load-territory.ts';
export { findPlaces, listProvinces, listWards } from './queries.ts';
export { findTerritoryUnit, provinces, searchTerritory, type TerritoryUnit, wardsOf } from './records.ts';
