import { answer } from '#app/_server/answer.ts';
import { oneFacility } from '#server/exchange/index.ts';
import { database } from '#server/platform/database.ts';

type Props = { params: Promise<{ id: string }> };

export const GET = async (request: Request, { params }: Props) =>
  answer(database(), request, await params, oneFacility);
