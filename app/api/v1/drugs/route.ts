import { answer } from '#app/_server/answer.ts';
import { listDrugs, registerList } from '#server/exchange/index.ts';
import { database } from '#server/platform/database.ts';

export const GET = (request: Request) => answer(database(), request, {}, registerList('drugs', listDrugs));
