import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { plain } from './many-drugs.ts';

/**
 * So many facilities with names, numbers and addresses as people give them, spread over the provinces, by set-based
 * statements: indexes of words are built behind the rows. `owner` has the owner's rights.
 */
export async function fillNamedFacilities(owner: Database, count: number): Promise<void> {
  await owner.execute(sql`set statement_timeout = 0`);
  const indexes = await owner.execute<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'facilities' and indexdef like '%trgm%'`);
  for (const { name } of indexes) await owner.$client.unsafe(`drop index ${name}`);
  await owner.execute(sql`
    insert into facilities (id, code, kind, name, search_name, search_text, owner_name, address_line, province_code, latitude, longitude)
      select md5('facility' || n)::uuid, code, kind, name, ${plain(sql`name`)},
        ${plain(sql`name || ' ' || code || ' ' || address || ' ' || province`)}, 'Chủ cơ sở', address, province_code,
        10 + (n % 1300) / 100.0, 104 + (n % 500) / 100.0
      from (select n, 'BENCH-' || n as code, (array['pharmacy', 'clinic', 'hospital', 'drug-counter'])[1 + h.a % 4] as kind,
          (array['Nhà thuốc', 'Phòng khám', 'Bệnh viện', 'Quầy thuốc'])[1 + h.a % 4] || ' '
            || (array['An', 'Minh', 'Hồng', 'Phúc', 'Thanh', 'Đức', 'Bảo', 'Kim', 'Ngọc', 'Hoà', 'Tâm', 'Phương'])[1 + h.b % 12] || ' '
            || (array['Khang', 'Châu', 'Hà', 'Lộc', 'Xuân', 'Ái', 'Long', 'Liên', 'Sơn', 'Bình', 'Đắc', 'Thuỷ'])[1 + h.c % 12] || ' ' || n as name,
          h.b % 400 + 1 || ' ' || (array['Trần Phú', 'Lê Lợi', 'Nguyễn Huệ', 'Giải Phóng', 'Hùng Vương', 'Quang Trung'])[1 + h.c % 6] as address,
          p.name as province, p.code as province_code
        from generate_series(1, ${count}::int) n
        cross join lateral (select abs(hashint4(n)) % 100000 as a, abs(hashint4(n + 10000000)) % 100000 as b,
          abs(hashint4(n + 20000000)) % 100000 as c, abs(hashint4(n + 30000000)) % 100000 as d) h
        join (select code, name, row_number() over (order by code) - 1 as place, count(*) over () as places
          from territory_units where level = 'province' and valid_to is null) p on p.place = h.d % p.places) made`);
  for (const { definition } of indexes) await owner.$client.unsafe(definition);
  await owner.execute(sql`vacuum analyze facilities`);
}
