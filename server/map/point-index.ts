import type { Reader } from '#db/client.ts';
import { changedPoints, tileVersion } from '#server/facilities/index.ts';
import { PointStore } from './point-store.ts';

interface Index {
  /** which database this was read from: a restored one is another */
  source: string;
  version: number;
  store: PointStore;
}

let index: Index | null = null;
/** One reads what changed, the others wait for it. */
let reading: Promise<unknown> = Promise.resolve();

/** Every public facility as it is in this moment, those closed by `today` aside: reads the version, and what changed since it was last read. */
export async function currentPoints(db: Reader, today: string): Promise<{ store: PointStore; version: string }> {
  const now = await tileVersion(db);
  const wanted = () => index !== null && index.source === now.source && index.version >= now.version;
  if (!wanted()) {
    const mine = reading.then(() => (wanted() ? undefined : update(db, now.source, today)));
    reading = mine.catch(() => {});
    await mine;
  }
  return { store: index!.store, version: `${index!.source}-${index!.version}` };
}

async function update(db: Reader, source: string, today: string): Promise<void> {
  const known = index?.source === source ? index : null;
  const { version, points } = await changedPoints(db, known?.version ?? null);
  const store = known?.store ?? new PointStore();
  for (const { id, point } of points) store.put(id, point, today);
  index = { source, version, store };
}
