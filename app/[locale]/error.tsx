'use client';
import { type FaultProps, ServerFault } from './server-fault.tsx';

/** What went wrong outside the frames of the areas. */
export default function ErrorPage(props: FaultProps) {
  return (
    <main id="main">
      <ServerFault {...props} />
    </main>
  );
}
