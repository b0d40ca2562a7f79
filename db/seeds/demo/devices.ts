import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { devices } from '#db/schema/devices.ts';
import { localDate } from '#server/calendar/index.ts';
import { devicesRegister, noticesRegister } from '#server/devices/index.ts';
import { newContext, now, systemActor, transaction } from '#server/platform/index.ts';
import { type Content, recordVersions } from '#server/registers/index.ts';
import { shifted } from './days.ts';

/** Two processes that start at once do not enter everything twice. */
const lock = 'demo.devices';

/** Invented models: name, model, type, class, EMDN, how the number stands. */
const invented: [string, string, string, 'A' | 'B' | 'C' | 'D', string, string?][] = [
  ['Kim tiêm Mẫu', '23G', 'Kim tiêm dưới da', 'B', 'A010101'],
  ['Bơm tiêm Mẫu', 'BT-5', 'Bơm tiêm dùng một lần', 'B', 'A0201'],
  ['Máy siêu âm Mẫu', 'SA-3', 'Máy siêu âm tổng quát', 'B', 'Z110401'],
  ['Máy siêu âm Mẫu', 'SA-3', 'Máy siêu âm tim', 'C', 'Z110401'],
  ['Máy X quang Mẫu', 'XQ-500', 'Máy X quang kỹ thuật số', 'C', 'Z110301'],
  ['Máy cắt lớp vi tính Mẫu', 'CT-64', 'Máy cắt lớp vi tính', 'C', 'Z110306'],
  ['Máy cộng hưởng từ Mẫu', 'MR-15', 'Máy cộng hưởng từ', 'C', 'Z110501'],
  ['Máy thở Mẫu', 'MT-20', 'Máy thở', 'C', 'Z120301'],
  ['Máy gây mê Mẫu', 'GM-7', 'Máy gây mê', 'C', 'Z120301'],
  ['Máy theo dõi bệnh nhân Mẫu', 'TD-12', 'Máy theo dõi nhiều thông số', 'C', 'Z120302'],
  ['Máy khử rung Mẫu', 'KR-2', 'Máy khử rung tim', 'C', 'Z120305'],
  ['Máy chạy thận Mẫu', 'TN-8', 'Máy lọc máu', 'C', 'Z120901', 'suspended'],
  ['Máy xét nghiệm sinh hóa Mẫu', 'SH-400', 'Máy phân tích sinh hóa', 'A', 'W0201'],
  ['Nhiệt kế điện tử Mẫu', 'NK-1', 'Nhiệt kế', 'B', 'V0301', 'expired'],
  ['Máy đo huyết áp Mẫu', 'HA-3', 'Máy đo huyết áp', 'B', 'Z12030299'],
  ['Stent mạch vành Mẫu', 'ST-3.0', 'Stent phủ thuốc', 'D', 'P0704', 'withdrawn'],
  ['Khớp háng nhân tạo Mẫu', 'KH-28', 'Khớp háng toàn phần', 'D', 'P0908'],
  ['Giường bệnh Mẫu', 'GB-3', 'Giường bệnh điện', 'A', 'V08'],
];

/** Twelve digits of a number range nobody has, with their check digit. */
export function demoGtin(ordinal: number): string {
  const digits = `200000${String(ordinal).padStart(6, '0')}`;
  const sum = [...digits].reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const inventedDevices = (today: string): Content[] =>
  invented.map(([name, model, type, deviceClass, emdn, state], index) => {
    const count = String(900 + index).padStart(5, '0');
    return {
      name,
      maker: 'Công ty cổ phần Thiết bị Mẫu',
      model,
      type,
      deviceClass,
      ...(deviceClass === 'A' || deviceClass === 'B'
        ? { declarationNumber: `24${count}/PCB${deviceClass}-MẪU` }
        : { circulationNumber: `24${count}ĐKLH/BYT-MẪU` }),
      emdn,
      udiDis: [demoGtin(index + 1)],
      country: 'Việt Nam',
      owner: 'Công ty cổ phần Thiết bị Mẫu',
      registrant: 'Công ty cổ phần Thiết bị Mẫu',
      issuedOn: shifted(today, -600),
      ...(state === 'expired' ? { validTo: shifted(today, -20) } : {}),
      ...(state === 'suspended' ? { suspendedFrom: shifted(today, -10), suspensionDecision: 'MẪU-02/QĐ-BYT' } : {}),
      ...(state === 'withdrawn' ? { withdrawnOn: shifted(today, -30), withdrawalDecision: 'MẪU-03/QĐ-BYT' } : {}),
    };
  });

const inventedNotices = (today: string): Content[] => [
  {
    number: 'CB-MẪU-01',
    title: 'Máy thở Mẫu: pin dự phòng có thể ngừng sớm',
    kind: 'recall',
    issuedOn: shifted(today, -5),
    models: [{ device: demoGtin(8), lots: 'L2401, L2402' }],
    text: 'Ngừng dùng các máy thuộc lô nêu trên và liên hệ nhà cung cấp để đổi.\nKhông tự thay pin.',
  },
  {
    number: 'CB-MẪU-02',
    title: 'Bơm tiêm Mẫu: kiểm tra vạch chia trước khi dùng',
    kind: 'warning',
    issuedOn: shifted(today, -40),
    models: [{ device: demoGtin(2) }],
    text: 'Vạch chia có thể mờ: đối chiếu với bơm tiêm khác trước khi dùng.',
  },
];

/** Enters the demo's devices and the notices about them, once; each is marked as demo. */
export async function seedDemoDevices(db: Database, say: (line: string) => void): Promise<void> {
  const ctx = newContext(db, systemActor('demo'), now);
  const today = localDate(ctx.now());
  const entered = await transaction(ctx, async (tx) => {
    await tx.tx.execute(sql`select pg_advisory_xact_lock(hashtext(${lock}))`);
    const [there] = await tx.tx.select({ id: devices.id }).from(devices).where(eq(devices.demo, true)).limit(1);
    if (there) return 0;
    const said = { isNew: true, action: 'registered', demo: true };
    const contents = inventedDevices(today);
    await recordVersions(
      tx,
      devicesRegister,
      contents.map((content) => ({ ...said, content, validFrom: String(content.issuedOn) })),
    );
    await recordVersions(
      tx,
      noticesRegister,
      inventedNotices(today).map((content) => ({ ...said, content, validFrom: String(content.issuedOn) })),
    );
    return contents.length;
  });
  if (entered > 0) say(`Entered ${entered} demo devices`);
}
