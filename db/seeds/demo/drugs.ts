import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { drugs } from '#db/schema/drugs.ts';
import { localDate } from '#server/calendar/index.ts';
import { drugsRegister } from '#server/drugs/index.ts';
import { newContext, now, systemActor, transaction } from '#server/platform/index.ts';
import { type Content, recordVersions } from '#server/registers/index.ts';
import { parseCsv } from '#server/territory/index.ts';
import { shifted } from './days.ts';

/** Two processes that start at once do not enter everything twice. */
const lock = 'demo.drugs';

/** Invented products of well-known substances: name, substance, strength, ATC, form, class, how its registration stands. */
const invented: [string, string, string, string, string, 'otc' | 'prescription' | 'special-control', string?][] = [
  ['Paracetamol Mẫu 500', 'Paracetamol', '500 mg', 'N02BE01', 'Viên nén', 'otc'],
  ['Paracetamol Mẫu 325', 'Paracetamol', '325 mg', 'N02BE01', 'Viên nén', 'otc'],
  ['Hạ Sốt Mẫu 150', 'Paracetamol', '150 mg', 'N02BE01', 'Thuốc bột sủi bọt', 'otc'],
  ['Ibuprofen Mẫu 400', 'Ibuprofen', '400 mg', 'M01AE01', 'Viên nén bao phim', 'otc'],
  ['Amoxicilin Mẫu 500', 'Amoxicillin', '500 mg', 'J01CA04', 'Viên nang cứng', 'prescription'],
  ['Cefixim Mẫu 200', 'Cefixime', '200 mg', 'J01DD08', 'Viên nang cứng', 'prescription', 'expired'],
  ['Azithromycin Mẫu 500', 'Azithromycin', '500 mg', 'J01FA10', 'Viên nén bao phim', 'prescription'],
  ['Amlodipin Mẫu 5', 'Amlodipine', '5 mg', 'C08CA01', 'Viên nén', 'prescription'],
  ['Losartan Mẫu 50', 'Losartan kali', '50 mg', 'C09CA01', 'Viên nén bao phim', 'prescription'],
  ['Metformin Mẫu 850', 'Metformin hydroclorid', '850 mg', 'A10BA02', 'Viên nén bao phim', 'prescription'],
  ['Gliclazid Mẫu 30 MR', 'Gliclazide', '30 mg', 'A10BB09', 'Viên nén giải phóng biến đổi', 'prescription'],
  ['Atorvastatin Mẫu 20', 'Atorvastatin', '20 mg', 'C10AA05', 'Viên nén bao phim', 'prescription'],
  ['Omeprazol Mẫu 20', 'Omeprazole', '20 mg', 'A02BC01', 'Viên nang tan trong ruột', 'prescription'],
  ['Loratadin Mẫu 10', 'Loratadine', '10 mg', 'R06AX13', 'Viên nén', 'otc'],
  ['Cetirizin Mẫu 10', 'Cetirizine dihydroclorid', '10 mg', 'R06AE07', 'Viên nén bao phim', 'otc'],
  ['Salbutamol Mẫu', 'Salbutamol', '100 mcg/liều', 'R03AC02', 'Thuốc xịt định liều', 'prescription'],
  ['Oresol Mẫu', 'Natri clorid; Kali clorid; Glucose khan', '', 'A07CA', 'Thuốc bột uống', 'otc'],
  ['Vitamin C Mẫu 500', 'Acid ascorbic', '500 mg', 'A11GA01', 'Viên nén', 'otc'],
  ['Diazepam Mẫu 5', 'Diazepam', '5 mg', 'N05BA01', 'Viên nén', 'special-control'],
  ['Morphin Mẫu 10', 'Morphin hydroclorid', '10 mg/ml', 'N02AA01', 'Dung dịch tiêm', 'special-control'],
  ['Ranitidin Mẫu 150', 'Ranitidine', '150 mg', 'A02BA02', 'Viên nén bao phim', 'prescription', 'withdrawn'],
  ['Men Tiêu Hoá Mẫu', 'Bacillus clausii', '2 tỷ bào tử/5 ml', 'A07FA', 'Hỗn dịch uống', 'otc'],
];

function inventedDrugs(today: string): Content[] {
  return invented.map(([name, substances, strength, atc, dosageForm, prescription, state], index) => ({
    registrationNumber: `8931${String(index % 3)}0${String(900 + index).padStart(4, '0')}24`,
    formerNumbers: index % 4 === 0 ? [`VD-${90_000 + index}-19`] : [],
    name,
    ingredients: substances.split('; ').map((each) => ({ name: each, ...(strength ? { strength, atc } : {}) })),
    dosageForm,
    packing: 'Hộp 10 vỉ x 10 viên',
    shelfLife: '36 tháng',
    standard: 'DĐVN V',
    manufacturer: 'Công ty cổ phần Dược phẩm Mẫu',
    country: 'Việt Nam',
    registrant: 'Công ty cổ phần Dược phẩm Mẫu',
    prescription,
    issuedOn: shifted(today, -700),
    validTo: state === 'expired' ? shifted(today, -15) : shifted(today, 1100),
    ...(state === 'withdrawn' ? { withdrawnOn: shifted(today, -40), withdrawalDecision: 'MẪU-01/QĐ-QLD' } : {}),
  }));
}

/** Rows of the sample of old numbers in the data pack; what cannot be read as a drug is left out. */
function sampledDrugs(folder: string | undefined): Content[] {
  const file = folder && join(folder, 'vn_drug_registration_sample.csv');
  if (!file || !existsSync(file)) return [];
  const seen = new Set<string>();
  return parseCsv(readFileSync(file, 'utf8')).flatMap((row) => {
    const content = {
      registrationNumber: row.registration_no,
      name: row.name,
      ingredients: [{ name: row.active_ingredients?.slice(0, 300) }],
      shelfLife: row.shelf_life || null,
      standard: row.standard || null,
      country: row.country || null,
      registrant: row.registrant || null,
      prescription: /không kê/i.test(row.category ?? '') ? 'otc' : 'prescription',
    };
    const parsed = drugsRegister.content.safeParse(content);
    if (!parsed.success || seen.has(content.registrationNumber!)) return [];
    seen.add(content.registrationNumber!);
    return [parsed.data];
  });
}

/** Enters the demo's drugs, once; each is marked as demo. */
export async function seedDemoDrugs(
  db: Database,
  referenceData: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  const ctx = newContext(db, systemActor('demo'), now);
  const today = localDate(ctx.now());
  const entered = await transaction(ctx, async (tx) => {
    await tx.tx.execute(sql`select pg_advisory_xact_lock(hashtext(${lock}))`);
    const [there] = await tx.tx.select({ id: drugs.id }).from(drugs).where(eq(drugs.demo, true)).limit(1);
    if (there) return 0;
    const contents = [...inventedDrugs(today), ...sampledDrugs(referenceData)];
    await recordVersions(
      tx,
      drugsRegister,
      contents.map((content) => ({
        isNew: true,
        action: 'registered',
        content,
        validFrom: (content.issuedOn as string | undefined) ?? shifted(today, -365),
        demo: true,
      })),
    );
    return contents.length;
  });
  if (entered > 0) say(`Entered ${entered} demo drugs`);
}
