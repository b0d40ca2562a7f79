import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { localDate } from '#server/calendar/index.ts';
import { env } from '#server/platform/env.ts';
import { allow, type Context, entityTag, notFound, notModified, parseInput, query } from '#server/platform/index.ts';
import { withEtag } from '../api/list-answer.ts';
import type { ApiHandler } from '../api-route.ts';
import { type Dataset, datasets, licence } from './datasets.ts';

export interface OpenDataset {
  file: string;
  register: Dataset['register'];
  mediaType: string;
  url: string;
  rows: number;
}
export interface OpenData {
  licence: typeof licence;
  /** the day of which everything is told */
  date: string;
  datasets: OpenDataset[];
}

/** What may be taken away whole, with licence, day and rows: everybody may ask. */
export const openData = query({
  input: z.strictObject({}),
  load: async (db) => {
    const [row] = await db.execute<{ facilities: number; drugs: number; devices: number }>(
      sql`select (select count(*)::int from facilities) as facilities, (select count(*)::int from drugs) as drugs,
        (select count(*)::int from devices) as devices`,
    );
    return row!;
  },
  allow: () => allow,
  view: (ctx, rows): OpenData => ({
    licence,
    date: localDate(ctx.now()),
    datasets: datasets.map(({ file, register, mediaType }) => ({
      file,
      register,
      mediaType,
      url: `${env().appUrl}/api/v1/open-data/${file}`,
      rows: rows[register],
    })),
  }),
});

/** `GET /api/v1/open-data`: the same as JSON. */
export const listOpenData: ApiHandler = async (ctx, request) => {
  parseInput(z.strictObject({}), Object.fromEntries(new URL(request.url).searchParams));
  return withEtag(request, JSON.stringify(await openData(ctx, {})));
};

/** Changes with every record of any register, every act on a licence, every look at places, and every day. */
async function tagOf(ctx: Context, file: string): Promise<string> {
  const [row] = await ctx.db.execute<{ state: string }>(sql`
    select concat_ws(' ', (select max(id) from register_versions), (select max(id) from facility_changes),
      (select value::text from settings where key = 'facilities.places')) as state`);
  const text = [file, localDate(ctx.now()), env().appUrl, row!.state].join('\n');
  return entityTag(text);
}

/** `GET /api/v1/open-data/{file}`: a register, streamed, so that its size does not matter; 304 where nothing changed. */
export const downloadOpenData: ApiHandler<{ file: string }> = async (ctx, request, { file }) => {
  const dataset = datasets.find((each) => each.file === file) ?? notFound();
  const headers = {
    etag: await tagOf(ctx, file),
    'cache-control': 'public, no-cache',
    link: `<${licence.url}>; rel="license"`,
  };
  const named = {
    'content-type': dataset.mediaType,
    'content-disposition': `attachment; filename="${localDate(ctx.now())}-${file}"`,
  };
  return (
    notModified(request, headers) ?? new Response(streamOf(dataset.pieces(ctx)), { headers: { ...headers, ...named } })
  );
};

const pieceBytes = 65_536;

/** Text as bytes, asked for as fast as the other side reads; who goes away ends it. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      let text = '';
      while (text.length < pieceBytes) {
        const { value, done } = await pieces.next();
        if (done) {
          if (text !== '') controller.enqueue(encoder.encode(text));
          controller.close();
          return;
        }
        text += value;
      }
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
