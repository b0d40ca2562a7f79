import { existsSync } from 'node:fs';

/** The flags Debian's Chromium runs with here: nothing is fetched in the background, WebGL runs in software. */
export const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
];

/** Debian builds Chromium without its windows too: the same pages, the same drawing, for half the work of a processor. */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of the system; none is ever downloaded. */
export function chromiumPath(): string {
  return process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path)) ?? '/usr/bin/chromium';
}
