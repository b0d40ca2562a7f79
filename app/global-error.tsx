'use client';
import './_ui/styles/index.css';
import { BothLanguages } from './both-languages.tsx';

/** 500 of the frame itself: both languages, since nothing else can be relied on. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="vi">
      <body>
        <title>500 · Một Cửa</title>
        <BothLanguages kind="server" />
        {error.digest && <p className="wrap hint">{error.digest}</p>}
      </body>
    </html>
  );
}
