import { merge, neighbors } from 'topojson-client';
import type { MultiPolygon, Polygon } from 'topojson-specification';
import { describe, expect, test } from 'vitest';
import provinces from '#db/seeds/reference/provinces.json' with { type: 'json' };
import { env } from '#server/platform/env.ts';
import { boundariesFrom } from './boundaries.ts';
import type { Outlines } from './outlines.ts';
import { placesIn } from './place-at.ts';
import { placeIndex } from './place-index.ts';

const bare = boundariesFrom(undefined);
const pack = env().referenceData;

const area = (ring: number[][]): number =>
  ring.slice(1).reduce((sum, [x, y], at) => sum + ring[at]![0]! * y! - x! * ring[at]![1]!, 0) / 2;
const areaOf = (polygons: number[][][][]): number => polygons.flat().reduce((sum, ring) => sum - area(ring), 0);
const shapesOf = (outlines: Outlines) => outlines.units.map(({ shape }) => shape as MultiPolygon | Polygon);

describe('boundaries of a fresh clone', () => {
  const outlines = bare.provinces();
  const features = outlines.features();

  test('are the 34 provinces of today, each around its centre', () => {
    expect(outlines.units.map(({ facts }) => facts.code)).toEqual(provinces.map(({ code }) => code));
    const find = placeIndex(outlines);
    for (const { code, centre } of provinces) expect(find(centre[0]!, centre[1]!).inside?.code, code).toBe(code);
  });

  test('leave no gap between neighbours, and nobody lies over anybody', () => {
    const whole = merge(outlines.topology, shapesOf(outlines));
    expect(whole.coordinates.filter((polygon) => polygon.length > 1)).toEqual([]);
    const together = features.reduce((sum, { geometry }) => sum + areaOf(geometry.coordinates), 0);
    expect(together / areaOf(whole.coordinates)).toBeCloseTo(1, 9);
    // one mainland: a province that hung loose would be an island of its own
    const largest = Math.max(...whole.coordinates.map((polygon) => -area(polygon[0]!)));
    expect(largest / areaOf(whole.coordinates)).toBeGreaterThan(0.99);
  });

  test('share each border: the neighbours of Hà Nội', () => {
    const at = (code: string) => outlines.units.findIndex(({ facts }) => facts.code === code);
    const around = neighbors(shapesOf(outlines))[at('01')]!.map((index) => outlines.units[index]!.facts.code);
    expect(around.sort()).toEqual(['19', '24', '25', '33', '37']);
  });

  test('carry the two archipelagos as points of their provinces', () => {
    expect(bare.archipelagos.map(({ name, provinceCode }) => [name, provinceCode])).toEqual([
      ['Quần đảo Hoàng Sa', '48'],
      ['Quần đảo Trường Sa', '56'],
    ]);
    const find = placesIn(bare);
    for (const { latitude, longitude, provinceCode } of bare.archipelagos)
      expect(find(latitude, longitude)).toMatchObject({ provinceCode, wardCode: null });
  });

  test('say whose work they are, and their version stays the same', () => {
    expect(bare.attribution.vi).toContain('ODbL');
    expect(bare.attribution.en).toContain('ODbL');
    expect(bare.version).toMatch(/^[0-9a-f]{16}$/);
    expect(boundariesFrom(undefined).version).toBe(bare.version);
    expect(bare.wards('fine')).toBeNull();
  });
});

describe('a place by its coordinates in a fresh clone', () => {
  const find = placesIn(bare);

  test('is known by its province alone', () => {
    expect(find(21.001, 105.84)).toMatchObject({ provinceCode: '01', wardCode: null, detail: 'province' });
  });

  test('near a border names the neighbour too', () => {
    // on the Red River between Hà Nội and Hưng Yên
    expect(find(20.97, 105.93)).toMatchObject({ near: { provinceCodes: [expect.any(String)] } });
  });

  test('is nowhere abroad and in the open sea', () => {
    expect(find(17.97, 102.6)).toMatchObject({ provinceCode: null, near: { provinceCodes: [] } });
    expect(find(13, 111)).toMatchObject({ provinceCode: null });
  });
});

describe.runIf(pack)('boundaries of the data pack', () => {
  const full = boundariesFrom(pack);

  test('are 34 provinces and 3,321 wards, each ward in one of the provinces', () => {
    expect(full.provinces().units).toHaveLength(34);
    for (const detail of ['fine', 'coarse'] as const) {
      const wards = full.wards(detail)!;
      expect(wards.units).toHaveLength(3321);
      const codes = new Set(full.provinces().units.map(({ facts }) => facts.code));
      expect(wards.units.every(({ facts }) => codes.has(facts.provinceCode))).toBe(true);
    }
    expect(full.version).not.toBe(bare.version);
    expect(full.attribution.en).toContain('bando');
  });

  test('put Bạch Mai hospital into ward Kim Liên, although another ward bears its name', () => {
    expect(placesIn(full)(21.001, 105.84)).toMatchObject({ provinceCode: '01', wardCode: '00229', detail: 'ward' });
  });

  test('hold both archipelagos as wards', () => {
    const wards = new Map(full.wards('fine')!.units.map(({ facts }) => [facts.code, facts]));
    expect(wards.get('20333')).toMatchObject({ name: 'Hoàng Sa', provinceCode: '48' });
    expect(wards.get('22736')).toMatchObject({ name: 'Trường Sa', provinceCode: '56' });
  });

  test('answer as the built-in ones do where no border is near', () => {
    const [coarse, fine] = [placesIn(bare), placesIn(full)];
    for (const { code, centre } of provinces) {
      expect(fine(centre[0]!, centre[1]!).provinceCode, code).toBe(code);
      expect(coarse(centre[0]!, centre[1]!).provinceCode, code).toBe(code);
    }
  });
});
