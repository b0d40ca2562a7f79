/**
 * The Content-Security-Policy of a page. Scripts run only with this response's nonce (and what they load themselves);
 * styles come from files. The officials' area may set style attributes, since its diagram editor draws with them.
 * @param path address without language, e.g. `/office/inbox`
 */
export function contentSecurityPolicy(nonce: string, path: string, options: { https: boolean; dev: boolean }): string {
  const office = path === '/office' || path.startsWith('/office/');
  const embedded = path.startsWith('/embed/');
  const rules = [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${options.dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self'${options.dev ? " 'unsafe-inline'" : ''}`,
    ...(office ? ["style-src-attr 'unsafe-inline'"] : []),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${options.dev ? ' ws:' : ''}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${embedded ? '*' : "'none'"}`,
    ...(options.https ? ['upgrade-insecure-requests'] : []),
  ];
  return rules.join('; ');
}
