export { lookUp, mostMatches, type PlaceFate, type PlaceMatch, type PlaceUnit } from './addresses/look-up.ts';
export { type OldAddress, type OldAddressResolution, resolveOldAddress } from './addresses/resolve-old-address.ts';
export type { Archipelago } from './boundaries/archipelagos.ts';
export { type Attribution, type Boundaries, boundaries, boundariesFrom } from './boundaries/boundaries.ts';
export type { Outline, OutlineFacts, Outlines } from './boundaries/outlines.ts';
export { type FoundPlace, placeAt, placesIn } from './boundaries/place-at.ts';
export { parseCsv } from './load/csv.ts';
export type { TerritoryLevel } from './load/facts.ts';
export { loadTerritory } from './load/load-territory.ts';
export { twoLevelsSince } from './load/reforms.ts';
export { type BuiltInTerritory, type TerritoryPack, territoryPack } from './load/territory-pack.ts';
export { findPlaceAt, findPlaces, listDistricts, listProvinces, listWards, lookUpPlace } from './queries.ts';
export { readWards, type WardReading, type WrittenWard } from './read-wards.ts';
export {
  districtsOf,
  findTerritoryUnit,
  findTerritoryUnits,
  provinces,
  provincesWithWards,
  searchTerritory,
  type TerritoryUnit,
  wardsOf,
} from './records.ts';
export { compareStatedPlace, type PlaceComparison, proposedWard, type StatedPlace } from './rules.ts';
