import { archipelagos } from './archipelagos.ts';
import { type Boundaries, boundaries } from './boundaries.ts';
import { type PlaceIndex, placeIndex } from './place-index.ts';

/** Where a point lies, by the outlines alone. Codes are those since July 2025. */
export interface FoundPlace {
  provinceCode: string | null;
  /** null where no ward outlines are loaded, and in the sea */
  wardCode: string | null;
  /** whether ward outlines were there to ask */
  detail: 'ward' | 'province';
  /** how far a border may be from where it truly runs, km */
  accuracyKm: number;
  /** units whose border is so near that the point may as well be theirs */
  near: { provinceCodes: string[]; wardCodes: string[] };
}

const nowhere: FoundPlace['near'] = { provinceCodes: [], wardCodes: [] };

/** Asks boundaries about points. The outlines are read with the first question. */
export function placesIn(from: Boundaries): (latitude: number, longitude: number) => FoundPlace {
  let made: { wards: PlaceIndex | null; provinces: PlaceIndex; accuracyKm: number } | undefined;
  const indexes = () => {
    const wards = from.wards('fine');
    const provinces = from.provinces();
    made ??= {
      wards: wards && placeIndex(wards),
      provinces: placeIndex(provinces),
      accuracyKm: (wards ?? provinces).accuracyKm,
    };
    return made;
  };
  return (latitude, longitude) => {
    const { wards, provinces, accuracyKm } = made ?? indexes();
    const detail = wards ? 'ward' : 'province';
    const { inside, near } = (wards ?? provinces)(latitude, longitude);
    // just outside every outline, as on a shore that is drawn too far inland: the nearest
    const facts = inside ?? near[0]?.facts;
    if (facts) {
      const others = near.map((unit) => unit.facts).filter((other) => other !== facts);
      return {
        provinceCode: facts.provinceCode,
        wardCode: wards ? facts.code : null,
        detail,
        accuracyKm,
        near: {
          provinceCodes: [...new Set(others.map((other) => other.provinceCode))].filter(
            (code) => code !== facts.provinceCode,
          ),
          wardCodes: wards ? others.map((other) => other.code) : [],
        },
      };
    }
    const islands = archipelagos.find(
      ({ extent: [west, south, east, north] }) =>
        longitude >= west && longitude <= east && latitude >= south && latitude <= north,
    );
    return {
      provinceCode: islands?.provinceCode ?? null,
      wardCode: islands && wards ? islands.wardCode : null,
      detail,
      accuracyKm,
      near: nowhere,
    };
  };
}

const held = globalThis as { motCuaPlaceAt?: ReturnType<typeof placesIn> };

/** Ward and province at a point (degrees, WGS 84), by polygon and never by text. */
export function placeAt(latitude: number, longitude: number): FoundPlace {
  held.motCuaPlaceAt ??= placesIn(boundaries());
  return held.motCuaPlaceAt(latitude, longitude);
}
