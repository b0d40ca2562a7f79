import { answer } from '#app/_server/answer.ts';
import { listDevices, registerList } from '#server/exchange/index.ts';
import { database } from '#server/platform/database.ts';

export const GET = (request: Request) => answer(database(), request, {}, registerList('devices', listDevices));
