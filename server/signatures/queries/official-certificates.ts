import type { Reader } from '#db/client.ts';
import { officialAnchors } from '../records.ts';

/** The roots below which officials' signatures are believed, in DER. They are public. */
export const officialCertificates = async (db: Reader): Promise<Uint8Array[]> =>
  (await officialAnchors(db)).map(({ certificate }) => certificate);
