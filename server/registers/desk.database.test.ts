import { beforeAll, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { insertAuthority, insertPlaces } from '#server/facilities/testing.ts';
import { anonymousContext, contextOf, insertGrant, insertMinistry, insertUser } from '#server/identity/testing.ts';
import { wire } from '#server/wiring.ts';
import { registersDesk } from './queries/desk.ts';
import { emptyForm } from './queries/form-of.ts';

beforeAll(wire);
const today = () => new Date('2026-11-23T09:00:00+07:00');

async function registrarOf(db: Database, organisationId: string) {
  const userId = await insertUser(db, { official: true });
  await insertGrant(db, userId, 'registrar', organisationId);
  return contextOf(db, userId, true, today);
}

test('a department adds facilities; drugs, recalls, devices and notices are added by the ministry alone', async ({
  db,
}) => {
  await insertPlaces(db);
  const department = await registrarOf(db, (await insertAuthority(db)).id);
  const ministry = await registrarOf(db, await insertMinistry(db));
  expect((await registersDesk(department, {})).mayAdd).toEqual(['facilities']);
  expect((await registersDesk(ministry, {})).mayAdd).toEqual(['facilities', 'drugs', 'recalls', 'devices', 'notices']);
  expect((await emptyForm(department, { register: 'facilities' })).fields.length).toBeGreaterThan(10);
  expect((await emptyForm(ministry, { register: 'devices' })).fields.length).toBeGreaterThan(5);
  await expect(emptyForm(department, { register: 'devices' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(registersDesk(anonymousContext(db, today), {})).rejects.toMatchObject({ code: 'unauthenticated' });
});
