import { type Context, parseInput } from '#server/platform/index.ts';
import { indicators } from './indicators.ts';
import { Indicators } from './inputs.ts';

/** `GET /api/map/indicators?measure=&province=&on=&type=`: a table with code, name, count, people and rate, in UTF-8 with its mark. */
export async function indicatorsCsv(ctx: Context, request: Request): Promise<Response> {
  const { province, type, ...asked } = Object.fromEntries(new URL(request.url).searchParams);
  const input = parseInput(Indicators, {
    ...asked,
    ...(province ? { provinceCode: province } : {}),
    ...(type ? { deviceType: type } : {}),
  });
  const table = await indicators(ctx, input);
  const rows = [
    ['code', 'name', 'name_en', input.measure, 'people_merger_map', 'per_100000', 'on'],
    ...table.rows.map((row) => [row.code, row.name, row.nameEn, row.value, row.people ?? '', row.rate ?? '', table.on]),
  ];
  // a spreadsheet takes the mark for a sign of Unicode
  const text = `\ufeff${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${input.measure}-${table.on}.csv"`,
      'cache-control': 'no-cache',
    },
  });
}

const field = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
