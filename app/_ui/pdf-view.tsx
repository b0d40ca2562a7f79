'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useKitText } from './texts.tsx';

/**
 * A PDF drawn page by page on canvases, so that nothing of it runs. The reader's code loads when the component is
 * shown; until then, and without JavaScript, there is a link to the file.
 */
export function PdfView({ src, title }: { src: string; title: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  const text = useKitText();
  const label = useEffectEvent((page: number, pages: number) => text('pdfPage', { page, pages }));
  useEffect(() => {
    const stop = new AbortController();
    import('./draw-pdf.ts')
      .then(({ drawPdf }) => drawPdf(src, box.current!, (page, pages) => label(page, pages), stop.signal))
      .then(() => stop.signal.aborted || setState('shown'))
      .catch(() => stop.signal.aborted || setState('failed'));
    return () => stop.abort();
  }, [src]);
  return (
    <section className="pdf" aria-label={title}>
      <p className="hint" role="status">
        {state === 'loading' && `${text('pdfLoading')} `}
        {state === 'failed' && `${text('pdfFailed')} `}
        <a href={src}>{text('pdfOpen')}</a>
      </p>
      <div ref={box} />
    </section>
  );
}
