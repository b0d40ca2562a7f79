import type { ReactNode } from 'react';

/** A screen in a lobby: nothing leads away from the map. */
export default function KioskLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="kiosk">
      {children}
    </main>
  );
}
