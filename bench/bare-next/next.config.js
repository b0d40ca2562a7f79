import { join } from 'node:path';

/** The smallest page the framework renders for each request: what our pages are held against. */
export default {
  poweredByHeader: false,
  turbopack: { root: join(import.meta.dirname, '..', '..') },
};
