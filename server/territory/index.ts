export { type BuiltInTerritory, loadTerritory, territoryFacts } from './load-territory.ts';
export { findPlaces, listProvinces, listWards } from './queries.ts';
export { findTerritoryUnit, provinces, searchTerritory, type TerritoryUnit, wardsOf } from './records.ts';
