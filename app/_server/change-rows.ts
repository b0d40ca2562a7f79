type Values = Record<string, string | string[]>;

/**
 * What a form with a repeated group sent, with one row more (`add`) or without one (`remove:<index>`). The rows after
 * a removed one move up; `<path>.count` is set to the new number.
 */
export function changeRows(values: Values, path: string, change: string): { values: Values; rows: number } {
  const count = Number(values[`${path}.count`] ?? 0);
  const removed = /^remove:(\d+)$/.exec(change);
  if (!removed) return { values: { ...values, [`${path}.count`]: String(count) }, rows: count + 1 };
  const gone = Number(removed[1]);
  const kept: Values = {};
  for (const [name, value] of Object.entries(values)) {
    const at = name.startsWith(`${path}.`) ? /^(\d+)\.(.+)$/.exec(name.slice(path.length + 1)) : null;
    if (!at) kept[name] = value;
    else if (Number(at[1]) !== gone)
      kept[`${path}.${Number(at[1]) > gone ? Number(at[1]) - 1 : at[1]}.${at[2]}`] = value;
  }
  const rows = Math.max(0, count - 1);
  return { values: { ...kept, [`${path}.count`]: String(rows) }, rows };
}
