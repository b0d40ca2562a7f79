import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';

/** Substances everybody knows: the first of them are in a quarter of all products, paracetamol alone in more than three of a hundred. */
const substances =
  'Paracetamol|Amoxicillin|Cefuroxime|Metformin|Amlodipine|Losartan|Atorvastatin|Omeprazole|Esomeprazole|Ibuprofen|Cefixime|Azithromycin|Ciprofloxacin|Levofloxacin|Clarithromycin|Loratadine|Cetirizine|Desloratadine|Fexofenadine|Montelukast|Salbutamol|Budesonide|Prednisolone|Methylprednisolone|Dexamethasone|Diclofenac|Meloxicam|Celecoxib|Etoricoxib|Piroxicam|Gliclazide|Glimepiride|Sitagliptin|Vildagliptin|Empagliflozin|Telmisartan|Irbesartan|Valsartan|Candesartan|Perindopril|Enalapril|Lisinopril|Bisoprolol|Metoprolol|Nebivolol|Carvedilol|Rosuvastatin|Simvastatin|Fenofibrate|Clopidogrel|Rivaroxaban|Warfarin|Digoxin|Furosemide|Spironolactone|Indapamide|Hydrochlorothiazide|Pantoprazole|Rabeprazole|Lansoprazole|Domperidone|Itopride|Mosapride|Drotaverine|Alverine|Diosmectite|Loperamide|Racecadotril|Fluconazole|Itraconazole|Terbinafine|Aciclovir|Oseltamivir|Tenofovir|Entecavir|Lamivudine|Efavirenz|Gabapentin|Pregabalin|Carbamazepine|Levetiracetam|Sertraline|Fluoxetine|Escitalopram|Mirtazapine|Olanzapine|Risperidone|Quetiapine|Diazepam|Morphine|Tramadol|Colchicine|Allopurinol|Febuxostat|Alendronate|Calcitriol|Levothyroxine|Methimazole|Tamoxifen|Letrozole|Capecitabine|Imatinib|Bacillus clausii|Acid folic|Ginkgo biloba';
const consonants = 'b|c|d|ph|g|h|k|l|m|n|p|qu|r|s|t|v|x|z|tr|fl|gl|br|cl|st';
const endings = 'in|ol|ax|ex|on|id|um|ar|il|or|et|an';
/** Names of the many others are put together of these. */
const stems =
  'cillin|prazole|sartan|statin|olol|dipine|floxacin|mycin|tidine|zepam|gliptin|formin|profen|coxib|vir|mab|tinib|caine';
const known = 105;
const others = 1400;
const common = 20;
const strengths = '5|10|20|25|40|50|75|80|100|120|150|200|250|300|325|400|500|600|650|850|1000';

/** `searchable` of the platform, in the database, as far as these names need it. */
export const plain = (text: SQL): SQL =>
  sql`translate(regexp_replace(normalize(lower(${text}), nfd), '[\u0300-\u036f]', '', 'g'), 'đ-', 'd ')`;

/**
 * A register of so many drugs of 1,500 substances in uneven shares, by set-based statements: indexes are built behind the
 * rows. `owner` has the owner's rights.
 */
export async function fillDrugs(owner: Database, count: number): Promise<void> {
  await owner.execute(sql`set statement_timeout = 0`);
  await owner.execute(sql`set maintenance_work_mem = '512MB'`);
  const indexes = await owner.execute<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'drugs' and indexname <> 'drugs_pkey'`);
  for (const { name } of indexes) await owner.$client.unsafe(`drop index ${name}`);
  await owner.execute(sql`
    create temporary table made as
    select n, md5('drug' || n)::uuid as id, s.substance, s.strength, s.maker,
      case when n % 10 < 3 then s.substance || ' ' || s.maker else initcap(
        (c.list)[1 + h.a % 24] || (array['a','e','i','o','u'])[1 + h.b % 5] || (c.list)[1 + h.c % 24]
        || (array['a','e','i','o','u'])[1 + h.d % 5] || (c.list)[1 + h.e % 24] || (e.list)[1 + h.f % 12]) end || ' ' || s.strength as name
    from generate_series(1, ${count}::int) n
    cross join (select string_to_array(${consonants}, '|') as list) c
    cross join (select string_to_array(${endings}, '|') as list) e
    cross join lateral (select abs(hashint4(n)) % 100000 as a, abs(hashint4(n + 10000000)) % 100000 as b,
      abs(hashint4(n + 20000000)) % 100000 as c, abs(hashint4(n + 30000000)) % 100000 as d,
      abs(hashint4(n + 40000000)) % 100000 as e, abs(hashint4(n + 50000000)) % 100000 as f) h
    cross join lateral (select case when h.a % 100 < 25 then 1 + floor(${common}::int * power(h.b / 100000.0, 1.5))::int
      else 1 + h.b % ${known + others}::int end as place) w
    join (select row_number() over () as place, name from (
        select unnest(string_to_array(${substances}, '|')) as name
        union all select initcap(c.list[1 + i % 24] || (array['a', 'e', 'i', 'o', 'u'])[1 + i / 24 % 5] || c.list[1 + i / 120 % 24]
          || (array['i', 'o', 'a'])[1 + i % 3] || s.list[1 + i % 18])
        from generate_series(1, ${others}::int) i, (select string_to_array(${consonants}, '|') as list) c,
          (select string_to_array(${stems}, '|') as list) s) named) o on o.place = w.place
    cross join lateral (select o.name as substance,
      (string_to_array(${strengths}, '|'))[1 + h.d % 21] as strength,
      'Dược phẩm ' || (array['Hà Nội', 'Sài Gòn', 'Đà Nẵng', 'Hậu Giang', 'Nam Hà', 'Cửu Long', 'Trà Vinh', 'Bình Định', 'An Giang', 'Đồng Tháp',
        'Quảng Bình', 'Thanh Hoá', 'Hải Dương', 'Phú Yên', 'Đắk Lắk'])[1 + h.f % 15] as maker) s`);
  await owner.execute(sql`
    insert into register_entries (id, register, demo) select id, 'drugs', false from made`);
  await owner.execute(sql`
    insert into drugs (id, registration_number, name, ingredients, dosage_form, manufacturer, country, registrant, prescription,
        issued_on, valid_to, withdrawn_on, search_name, search_text)
      select id, number, name, jsonb_build_array(jsonb_build_object('name', substance, 'strength', strength || ' mg')), 'Viên nén', maker,
        'Việt Nam', maker, case when n % 4 = 0 then 'otc' else 'prescription' end, date '2020-01-01' + n % 2000,
        date '2025-06-01' + n % 1800, case when n % 500 = 0 then date '2026-01-01' end,
        ${plain(sql`name`)}, ${plain(sql`name || ' ' || substance || ' ' || strength || ' ' || maker || ' ' || number
          || ' vd ' || n || ' 19 ' || number || ' vd' || n || '19'`)}
      from (select *, '893110' || lpad(n::text, 7, '0') as number from made) m order by hashint4(n)`);
  for (const { definition } of indexes) await owner.$client.unsafe(definition);
  await owner.execute(sql`drop table made`);
  await owner.execute(sql`vacuum analyze drugs`);
  await owner.execute(sql`analyze register_entries`);
}
