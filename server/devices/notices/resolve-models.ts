import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { devices } from '#db/schema/devices.ts';
import { registerKeys } from '#db/schema/registers.ts';
import { gtin14 } from '#server/platform/index.ts';
import { keyOf } from '#server/registers/index.ts';
import { compactNumber } from '../register.ts';

const idAtEnd = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The device models that a notice means by a text: a UDI-DI, the address of a device's page, or a number, which may stand for
 * several models. None: nobody knows such a device.
 */
export async function devicesMeant(db: Reader, text: string): Promise<string[]> {
  const id = idAtEnd.exec(text.trim())?.[0];
  if (id) return idsOf(await db.select({ id: devices.id }).from(devices).where(eq(devices.id, id)));
  const code = gtin14(text);
  if (code) {
    return idsOf(
      await db
        .select({ id: registerKeys.entryId })
        .from(registerKeys)
        .where(and(eq(registerKeys.register, 'devices'), inArray(registerKeys.key, [keyOf('gtin', code)]))),
    );
  }
  const number = compactNumber(text);
  if (number === '') return [];
  return idsOf(await db.select({ id: devices.id }).from(devices).where(eq(devices.searchNumber, number)));
}

const idsOf = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);
