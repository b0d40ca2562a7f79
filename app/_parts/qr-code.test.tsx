import { create } from 'qrcode';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { QrCode } from './qr-code.tsx';

const text = '00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F';

test('the drawn cells are the dark cells of the code, with a white margin of four', () => {
  const markup = renderToStaticMarkup(<QrCode text={text} label="Mã VietQR" size={200} />);
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const drawn = new Set<string>();
  for (const [, x, y, width] of markup.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let i = 0; i < Number(width); i++) drawn.add(`${Number(x) + i} ${y}`);
  }
  const dark = new Set<string>();
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.data[row * modules.size + column]) dark.add(`${column + 4} ${row + 4}`);
    }
  }
  expect(drawn).toEqual(dark);
  expect(markup).toContain(`viewBox="0 0 ${modules.size + 8} ${modules.size + 8}"`);
  expect(markup).toContain('role="img" aria-label="Mã VietQR"');
});
