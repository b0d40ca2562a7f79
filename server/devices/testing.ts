import type { Database } from '#db/client.ts';
import { newContext, systemActor, transaction } from '#server/platform/index.ts';
import { type Content, recordVersions } from '#server/registers/index.ts';
import { devicesRegister } from './register.ts';

/** Codes with their check digit. */
export const gtins = ['4006381333931', '96385074', '036000291452'];

/** What the register says of a device, with every field one may want otherwise. */
export const device = (over: Content = {}): Content => ({
  name: 'Máy siêu âm Thử',
  maker: 'Hãng Thử',
  model: 'X1',
  type: 'Máy siêu âm',
  deviceClass: 'C',
  circulationNumber: '2301045ĐKLH/BYT-HTTB',
  ...over,
});

/** Enters devices as decisions of the ministry do. */
export const enterDevices = (db: Database, ...contents: Content[]): Promise<string[]> =>
  transaction(
    newContext(db, systemActor('test'), () => new Date('2026-11-23T09:00:00+07:00')),
    (ctx) =>
      recordVersions(
        ctx,
        devicesRegister,
        contents.map((content) => ({ isNew: true, action: 'registered', content, validFrom: '2024-01-01' })),
      ),
  );
