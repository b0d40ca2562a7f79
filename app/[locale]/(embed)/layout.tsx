import type { ReactNode } from 'react';

/** A frame in somebody else's page: content alone. */
export default function EmbedLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="embed">
      {children}
    </main>
  );
}
