import { answer } from '#app/_server/answer.ts';
import { verifyFile } from '#server/exchange/index.ts';
import { database } from '#server/platform/database.ts';

export const POST = (request: Request) => answer(database(), request, {}, verifyFile);
