import { defineRouting } from 'next-intl/routing';

/** Vietnamese at `/`, English under `/en`; the address alone decides, so that a link shows everybody the same page. */
export const routing = defineRouting({
  locales: ['vi', 'en'],
  defaultLocale: 'vi',
  localePrefix: 'as-needed',
  localeDetection: false,
  localeCookie: false,
  alternateLinks: false,
});

export type Locale = (typeof routing.locales)[number];

/** Ministries, provinces and their clocks share one zone. */
export const timeZone = 'Asia/Ho_Chi_Minh';
