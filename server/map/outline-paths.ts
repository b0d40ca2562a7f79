import { allow, query } from '#server/platform/index.ts';
import { boundaries, type Outline } from '#server/territory/index.ts';
import { OutlinePaths } from './inputs.ts';
import { type WorldPoint, worldPoint } from './rules.ts';

/** Outlines as paths of a drawing, for maps that need no script. */
export interface DrawnOutlines {
  width: number;
  height: number;
  shapes: { code: string; d: string }[];
  /** the archipelagos, on the map of the whole country */
  islands: { code: string; name: string; nameEn: string; x: number; y: number }[];
}

/** Units of the drawing: with one decimal left out, a border is true to half a pixel. */
const longest = 900;

const made = new Map<string, DrawnOutlines>();

/** The 34 provinces, or the wards of one; no shapes where those of wards are not loaded. */
export const outlinePaths = query({
  input: OutlinePaths,
  load: async (_db, { provinceCode }): Promise<DrawnOutlines> => {
    const key = `${boundaries().version} ${provinceCode ?? ''}`;
    const known = made.get(key);
    if (known) return known;
    const all = provinceCode ? (boundaries().wards('coarse')?.features() ?? []) : boundaries().provinces().features();
    const wanted = all.filter(({ properties }) => !provinceCode || properties.provinceCode === provinceCode);
    const drawn = draw(wanted, provinceCode === undefined);
    made.set(key, drawn);
    return drawn;
  },
  allow: () => allow,
  view: (_ctx, drawn) => drawn,
});

function draw(outlines: Outline[], withIslands: boolean): DrawnOutlines {
  const rings = outlines.map(({ properties, geometry }) => ({
    code: properties.code,
    rings: geometry.coordinates
      .flat()
      .map((ring) => ring.map(([lng = 0, lat = 0]) => worldPoint(lat, lng) ?? { x: 0, y: 0 })),
  }));
  const islands = withIslands
    ? boundaries().archipelagos.map((each) => ({ ...each, at: worldPoint(each.latitude, each.longitude)! }))
    : [];
  const points = [...rings.flatMap((each) => each.rings.flat()), ...islands.map(({ at }) => at)];
  if (points.length === 0) return { width: longest, height: longest, shapes: [], islands: [] };
  const box = points.reduce(
    (sum, { x, y }) => ({ w: Math.min(sum.w, x), e: Math.max(sum.e, x), n: Math.min(sum.n, y), s: Math.max(sum.s, y) }),
    { w: 1, e: 0, n: 1, s: 0 },
  );
  const scale = longest / Math.max(box.e - box.w, box.s - box.n);
  const place = ({ x, y }: WorldPoint): [number, number] => [
    Math.round((x - box.w) * scale),
    Math.round((y - box.n) * scale),
  ];
  return {
    // room for the words beside the outermost archipelago
    width: Math.round((box.e - box.w) * scale) + (withIslands ? 90 : 0),
    height: Math.round((box.s - box.n) * scale),
    shapes: rings.map(({ code, rings: each }) => ({ code, d: each.map((ring) => pathOf(ring.map(place))).join('') })),
    islands: islands.map(({ code, name, nameEn, at }) => {
      const [x, y] = place(at);
      return { code, name, nameEn, x, y };
    }),
  };
}

/** A ring with points that fall together taken once; islands of less than a pixel are left out. */
function pathOf(ring: [number, number][]): string {
  const kept = ring.filter(([x, y], at) => at === 0 || x !== ring[at - 1]![0] || y !== ring[at - 1]![1]);
  if (kept.length < 4) return '';
  const [first, ...rest] = kept;
  let [left, top] = first!;
  const steps = rest.map(([x, y]) => {
    const step = `${x - left},${y - top}`;
    [left, top] = [x, y];
    return step;
  });
  return `M${first!.join(',')}l${steps.join(' ')}z`;
}
