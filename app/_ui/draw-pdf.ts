import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist';

GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).toString();

/** Draws every page of a PDF into `box`, as wide as it is, sharp on dense screens. @throws when it cannot be read */
export async function drawPdf(
  src: string,
  box: HTMLElement,
  label: (page: number, pages: number) => string,
  signal: AbortSignal,
): Promise<void> {
  const loading = getDocument({ url: src, enableXfa: false, useWasm: false });
  signal.addEventListener('abort', () => void loading.destroy());
  const pdf = await loading.promise;
  const drawn: HTMLCanvasElement[] = [];
  for (let number = 1; number <= pdf.numPages && !signal.aborted; number++) {
    const page = await pdf.getPage(number);
    const plain = page.getViewport({ scale: 1 });
    const scale = (Math.max(box.clientWidth, 320) / plain.width) * Math.min(window.devicePixelRatio || 1, 2);
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', label(number, pdf.numPages));
    await page.render({ canvas, viewport }).promise;
    drawn.push(canvas);
  }
  if (!signal.aborted) box.replaceChildren(...drawn);
}
