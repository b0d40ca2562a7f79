import { answer } from '#app/_server/answer.ts';
import { downloadOpenData } from '#server/exchange/index.ts';
import { database } from '#server/platform/database.ts';

type Props = { params: Promise<{ file: string }> };

export const GET = async (request: Request, { params }: Props) =>
  answer(database(), request, await params, downloadOpenData);
