import { caller } from '#app/_server/caller.ts';

/** The wards of a province today, for the list that follows the chosen province. */
export async function GET(request: Request): Promise<Response> {
  const provinceCode = new URL(request.url).searchParams.get('province') ?? '';
  const known = /^\d{2}$/.test(provinceCode);
  const items = known ? await (await caller()).territory.wards({ provinceCode }) : [];
  return Response.json(
    { items: items.map(({ code, fullName }) => ({ code, fullName })) },
    { headers: { 'cache-control': 'public, max-age=300' } },
  );
}
