import { describe, expect } from 'vitest';
import { organisations } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as it } from '#db/testing/index.ts';
import { anonymous, type Context, newContext, newId, systemActor } from '#server/platform/index.ts';
import { addWorkingDays, calendarOf, instant, localDate, nationalCalendar, saveCalendarYear } from './index.ts';

const now = () => instant('2026-11-23', '09:00');
const system = (db: Context['db']) => newContext(db, systemActor('test'), now);

async function authority(db: Context['db']): Promise<string> {
  const id = newId();
  await db.insert(organisations).values({ id, kind: 'authority', name: 'Sở Y tế', agencyCode: id });
  return id;
}

const closed = (date: string, name: string) => ({
  sources: [{ vi: 'Thông báo', en: 'Notice' }],
  holidays: [{ date, name: { vi: name, en: name } }],
  swaps: [],
  halfDays: [],
});

describe('the calendar of an authority', () => {
  it('is the built-in national one until someone enters another', async ({ db }) => {
    expect(await calendarOf(db, newId())).toBe(nationalCalendar);
  });

  it('follows its own year, then the national entry, and names both in its version', async ({ db }) => {
    const one = await authority(db);
    const other = await authority(db);
    await saveCalendarYear(system(db), {
      organisationId: null,
      year: 2027,
      status: 'announced',
      entries: closed('2027-03-01', 'Toàn quốc'),
    });
    await saveCalendarYear(system(db), {
      organisationId: one,
      year: 2027,
      status: 'announced',
      entries: closed('2027-03-02', 'Riêng'),
    });
    const own = await calendarOf(db, one);
    expect(own.version).toBe('2025.0-2026.0-2027.o1');
    expect(Object.keys(own.holidays)).not.toContain('2027-03-01');
    expect(localDate(addWorkingDays(instant('2027-03-01', '09:00'), 1, own))).toBe('2027-03-03');
    const shared = await calendarOf(db, other);
    expect(shared.version).toBe('2025.0-2026.0-2027.n1');
    expect(localDate(addWorkingDays(instant('2027-02-26', '09:00'), 1, shared))).toBe('2027-03-02');
  });

  it('is corrected by a further version, and the row before stays', async ({ db }) => {
    const id = await authority(db);
    const save = (date: string) =>
      saveCalendarYear(system(db), {
        organisationId: id,
        year: 2027,
        status: 'expected',
        entries: closed(date, 'Nghỉ'),
      });
    expect((await save('2027-03-01')).version).toBe(1);
    expect((await save('2027-03-02')).version).toBe(2);
    expect(Object.keys((await calendarOf(db, id)).holidays)).toContain('2027-03-02');
  });

  it('is entered by administrators only, and leaves an audit row', async ({ db }) => {
    const input = {
      organisationId: null,
      year: 2027,
      status: 'announced' as const,
      entries: closed('2027-03-01', 'Nghỉ'),
    };
    await expect(saveCalendarYear(newContext(db, anonymous, now), input)).rejects.toMatchObject({ code: 'forbidden' });
    await saveCalendarYear(system(db), input);
    const actions = (await db.select().from(auditEntries)).map((row) => `${row.action} ${row.outcome}`);
    expect(actions).toEqual(expect.arrayContaining(['calendar.saveYear refused', 'calendar.saveYear done']));
  });

  it('refuses a day of another year', async ({ db }) => {
    const input = {
      organisationId: null,
      year: 2026,
      status: 'announced' as const,
      entries: closed('2027-03-01', 'Nghỉ'),
    };
    await expect(saveCalendarYear(system(db), input)).rejects.toMatchObject({
      details: { fields: [{ reason: 'calendar.errors.otherYear' }] },
    });
  });
});
