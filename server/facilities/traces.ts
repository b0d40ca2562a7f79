import { searchable } from '#server/platform/index.ts';
import type { Trace } from '#server/registers/index.ts';
import { coreName } from './rules.ts';

interface Placed {
  name: string;
  kind: string;
  addressLine: string;
  provinceCode: string;
  wardCode?: string | null;
  businessNumber?: string | null;
  latitude?: number | null;
  longitude?: number | null;
}

/** The side of a square in degrees, about a kilometre. */
const side = 0.01;

/**
 * What two entries of one facility would share: the business number of the place, or the name without accents and kind together with its ward,
 * its address, or a square on the map. Squares are laid in four grids, each moved by half a side: points nearer than half a side share one.
 */
export function facilityTraces(content: Placed): Trace[] {
  const name = `${content.kind}|${coreName(searchable(content.name))}`;
  const traces: Trace[] = [
    { reason: 'sameNameAddress', trace: `a|${name}|${content.provinceCode}|${searchable(content.addressLine)}` },
  ];
  if (content.businessNumber) traces.push({ reason: 'sameNumber', trace: `b|${searchable(content.businessNumber)}` });
  if (content.wardCode) traces.push({ reason: 'sameNameWard', trace: `w|${name}|${content.wardCode}` });
  const { latitude, longitude } = content;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return traces;
  for (const north of [0, 0.5])
    for (const east of [0, 0.5]) {
      const square = [Math.floor(latitude / side + north), Math.floor(longitude / side + east), north, east].join(',');
      traces.push({ reason: 'sameNameNear', trace: `n|${name}|${square}` });
    }
  return traces;
}
