import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { messagesOf } from './messages.ts';
import { routing, timeZone } from './routing.ts';

/** What next-intl knows in a request: the language of the address, its texts, our time zone. */
export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale;
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
  return { locale, messages: messagesOf(locale), timeZone };
});
