import './_ui/styles/index.css';
import { BothLanguages } from './both-languages.tsx';

export const metadata = { title: '404 · Một Cửa' };

/** 404 outside the pages, e.g. of a file: both languages, no script. */
export default function GlobalNotFound() {
  return (
    <html lang="vi">
      <body>
        <BothLanguages kind="notFound" />
      </body>
    </html>
  );
}
