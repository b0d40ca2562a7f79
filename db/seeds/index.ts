import { connect, type Database } from '#db/client.ts';
import { loadNomenclatures } from '#server/nomenclatures/index.ts';
import { env } from '#server/platform/env.ts';
import { newContext, now, systemActor } from '#server/platform/index.ts';
import { publishBuiltIn } from '#server/procedures/index.ts';
import { type BuiltInTerritory, loadTerritory, territoryPack } from '#server/territory/index.ts';
import { wire } from '#server/wiring.ts';
import { readDemoAccounts } from './demo/accounts-file.ts';
import { seedDemoDevices } from './demo/devices.ts';
import { seedDemoDrugSupply } from './demo/drug-supply.ts';
import { seedDemoDrugs } from './demo/drugs.ts';
import { seedDemoEquipment } from './demo/equipment.ts';
import { seedDemoFacilities } from './demo/facilities.ts';
import { seedDemo } from './demo/index.ts';
import { giveKeys } from './demo/signers.ts';
import { loadAuthorities } from './reference/authorities.ts';
import provinces from './reference/provinces.json' with { type: 'json' };
import wards from './reference/wards.json' with { type: 'json' };

export { type DemoAccount, readDemoAccounts } from './demo/accounts-file.ts';

export interface SeedOptions {
  db: Database;
  /** whether demo accounts are made */
  demo: boolean;
  /** absolute folder of data packs; undefined: the built-in pack */
  referenceData: string | undefined;
  /** absolute folder of what this host keeps */
  dataDir: string;
  /** tells the operator what is done */
  say: (line: string) => void;
}

/** Brings what the system cannot work without into a migrated database. Runs at every start; does nothing twice. */
export async function seedDatabase({ db, demo, referenceData, dataDir, say }: SeedOptions): Promise<void> {
  const territory = await loadTerritory(db, territoryPack(referenceData, { provinces, wards } as BuiltInTerritory));
  if (territory) {
    say(
      `Loaded ${territory.units} provinces, districts and wards, and ${territory.successions} lines of what became of them`,
    );
    for (const remark of territory.remarks) say(`  ${remark}`);
  }
  for (const { system, codes } of await loadNomenclatures(db, referenceData)) say(`Loaded ${codes} codes of ${system}`);
  const authorities = await loadAuthorities(db);
  if (authorities) say(`Entered ${authorities} authorities`);
  wire();
  for (const { key, version, created } of await publishBuiltIn(newContext(db, systemActor('start'), now))) {
    if (created) say(`Published version ${version} of ${key}`);
  }
  if (!demo) return;
  await seedDemo(db, { dataDir, say });
  await seedDemoFacilities(db, say);
  await seedDemoDrugs(db, referenceData, say);
  await seedDemoDevices(db, say);
  await seedDemoDrugSupply(db, say);
  await seedDemoEquipment(db, say);
  await giveKeys(db, readDemoAccounts(dataDir), say);
}

/** The same for the database and the settings of this process. */
export async function seed(say: (line: string) => void): Promise<void> {
  const { databaseUrl, demo, referenceData, dataDir } = env();
  const db = connect(databaseUrl!, { max: 2, applicationName: 'mot-cua-seed' });
  try {
    // what is there from the start is the system's
    const system = newContext(db, systemActor('start'), now);
    await seedDatabase({ db: system.db, demo, referenceData, dataDir, say });
  } finally {
    await db.$client.end();
  }
}
