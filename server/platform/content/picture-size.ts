/** Two hundred and fifty million pixels: more than any camera takes, and a gigabyte once unpacked. */
const mostPixels = 250_000_000;

/** True when a picture claims so many pixels that showing it could exhaust a reader's memory. */
export function isPictureBomb(bytes: Uint8Array, mediaType: 'image/png' | 'image/jpeg'): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mediaType === 'image/png') {
    return bytes.byteLength >= 24 && view.getUint32(16) * view.getUint32(20) > mostPixels;
  }
  // JPEG: the frame header (SOF0 to SOF15 without DHT, JPG and DAC) stands among the first segments
  for (let at = 2; at + 9 <= bytes.byteLength && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1]!;
    if (marker === 0xda) return false;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return view.getUint16(at + 5) * view.getUint16(at + 7) > mostPixels;
  }
  return false;
}
