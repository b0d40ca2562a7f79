/** The end of a day in Vietnam: what was recorded on it counts. */
export const endOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+07:00`) + 86_399_999);
