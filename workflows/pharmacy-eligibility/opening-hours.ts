import { getAt, type JsonObject } from '#server/procedures/index.ts';
import { textAt } from './answers.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

type Hours = Partial<Record<'1' | '2' | '3' | '4' | '5' | '6' | '7', { from: string; to: string }[]>>;

/** Opening hours as the register keeps them (1 Monday … 7 Sunday); a day left empty is closed. */
export function openingHours(answers: JsonObject): Hours {
  const same = getAt(answers, 'hours.same') === true;
  const hours: Hours = {};
  weekdays.forEach((day, i) => {
    const from = textAt(answers, `hours.${same ? 'all' : day}.opens`);
    const to = textAt(answers, `hours.${same ? 'all' : day}.closes`);
    if (from !== '' && to !== '' && from !== to) hours[String(i + 1) as keyof Hours] = [{ from, to }];
  });
  return hours;
}
