import createNextIntlPlugin from 'next-intl/plugin';

/** Headers of every response, files and errors included; the page's own Content-Security-Policy comes from proxy.ts. */
const everywhere = [
  { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()',
  },
];

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: import.meta.dirname },
  // `npm run verify` checks the types of the whole tree; a start on a fresh clone need not do it again
  typescript: { ignoreBuildErrors: true },
  // titles belong in the head of the first answer: screen readers and browsers without JavaScript read them there
  htmlLimitedBots: /./,
  experimental: {
    authInterrupts: true,
    globalNotFound: true,
    // the proxy sees every request, uploads too; above this size their bodies would be cut short
    proxyClientMaxBodySize: '64mb',
  },
  // browsers ask for this name where a document, a file they show for example, names no icon
  rewrites: async () => [{ source: '/favicon.ico', destination: '/favicon.svg' }],
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/maplibre/:path*', headers: [{ key: 'Cache-Control', value: 'public, max-age=86400' }] },
    { source: '/brand/:path*', headers: [{ key: 'Cache-Control', value: 'public, max-age=86400' }] },
  ],
};

export default createNextIntlPlugin('./i18n/request.ts')(config);
