import { compareStatedPlace, type FoundPlace, proposedWard, type TerritoryUnit } from '#server/territory/index.ts';

/** Where a facility says it is. */
export interface StatedWhere {
  provinceCode: string;
  wardCode: string | null;
  latitude: number | null;
  longitude: number | null;
}

/**
 * `dividedWard`: parts of its ward went to several. `otherWard`, `otherProvince`: its coordinates lie elsewhere than it states.
 * `wrongWard`: no ward of its province has or had the code.
 */
export type PlaceDoubt = 'dividedWard' | 'otherWard' | 'otherProvince' | 'wrongWard';

/** One way to settle a doubt. */
export interface PlaceOption {
  provinceCode: string;
  wardCode: string | null;
  /** false: the coordinates are wrong and are taken out */
  keepsPoint: boolean;
}

export interface JudgedPlace {
  /** what search and map show: nothing that is in doubt */
  shown: Pick<StatedWhere, 'wardCode' | 'latitude' | 'longitude'>;
  /** null: nothing speaks against what is stated */
  doubt: { kind: PlaceDoubt; options: PlaceOption[]; proposed: PlaceOption | null } | null;
}

/** The wards of today that a written code stands for. */
export interface ReadWard {
  becomes: readonly Pick<TerritoryUnit, 'code' | 'parentCode'>[];
}

/** What a person may choose, as a form sends it back. */
export const optionKey = ({ provinceCode, wardCode, keepsPoint }: PlaceOption): string =>
  [provinceCode, wardCode ?? '', keepsPoint ? 'keep' : 'drop'].join('/');

/**
 * Whether a stated place can stand. `reading`: what its ward's code means today, null where no code is stated; `found`: where
 * its coordinates lie, null where it has none. The ward of a facility that states none is that of its coordinates.
 */
export function judgePlace(stated: StatedWhere, reading: ReadWard | null, found: FoundPlace | null): JudgedPlace {
  const { provinceCode } = stated;
  const point = { latitude: stated.latitude, longitude: stated.longitude };
  const noPoint = { latitude: null, longitude: null };
  const compared = (province: string, wardCode: string | null) =>
    found ? compareStatedPlace({ provinceCode: province, wardCode }, found) : 'unknown';
  const fits = (province: string, wardCode: string | null) =>
    found !== null && ['same', 'unknown'].includes(compared(province, wardCode));
  const option = (province: string, wardCode: string | null): PlaceOption => ({
    provinceCode: province,
    wardCode,
    keepsPoint: fits(province, wardCode),
  });
  const byPoint = found?.provinceCode ? option(found.provinceCode, found.wardCode) : null;
  const pointInProvince = fits(provinceCode, null) ? point : noPoint;

  const here = (reading?.becomes ?? []).filter(({ parentCode }) => parentCode === provinceCode);
  if (reading && here.length === 0) {
    const elsewhere = reading.becomes.flatMap(({ code, parentCode }) => (parentCode ? [option(parentCode, code)] : []));
    const known = byPoint?.wardCode ? [byPoint] : [];
    const options = distinct([
      ...known,
      ...elsewhere,
      { ...option(provinceCode, null), keepsPoint: pointInProvince === point },
    ]);
    return {
      shown: { wardCode: null, ...pointInProvince },
      doubt: { kind: 'wrongWard', options, proposed: known[0] ?? null },
    };
  }
  if (here.length > 1) {
    const options = here.map(({ code }) => option(provinceCode, code));
    const likely =
      found &&
      proposedWard(
        here.map(({ code }) => code),
        found,
      );
    const proposed = options.find(({ wardCode }) => wardCode === likely) ?? null;
    return { shown: { wardCode: null, ...pointInProvince }, doubt: { kind: 'dividedWard', options, proposed } };
  }
  const wardCode = here[0]?.code ?? null;
  const comparison = compared(provinceCode, wardCode);
  if (byPoint && (comparison === 'otherWard' || comparison === 'otherProvince')) {
    const asStated = { provinceCode, wardCode, keepsPoint: false };
    const proposed = comparison === 'otherWard' ? byPoint : null;
    return { shown: { wardCode, ...noPoint }, doubt: { kind: comparison, options: [byPoint, asStated], proposed } };
  }
  const foundHere = found?.provinceCode === provinceCode ? found.wardCode : null;
  return { shown: { wardCode: wardCode ?? foundHere, ...point }, doubt: null };
}

const distinct = (options: PlaceOption[]): PlaceOption[] => [
  ...new Map(options.map((each) => [optionKey(each), each])).values(),
];
