import type { PayeeAccount } from '#db/schema/payments.ts';

/** What a VietQR code asks for. Without amount the code is static: the payer types it. */
export interface VietQr {
  account: Pick<PayeeAccount, 'bankBin' | 'accountNumber'>;
  /** whole đồng */
  amount?: number;
  /** text of the transfer: at most 25 letters and digits */
  content?: string;
}

/** The interbank network's application identifier and its service "transfer to an account". */
const napas = 'A000000727';
const transferToAccount = 'QRIBFTTA';
const dong = '704';

/**
 * The payload of a VietQR code: EMVCo merchant-presented QR (v1.1) as NAPAS profiles it for transfers to an account.
 * @throws RangeError when a value does not fit its field
 */
export function vietQrPayload({ account, amount, content }: VietQr): string {
  const beneficiary = field('00', account.bankBin) + field('01', account.accountNumber);
  const body = [
    field('00', '01'),
    field('01', amount === undefined ? '11' : '12'),
    field('38', field('00', napas) + field('01', beneficiary) + field('02', transferToAccount)),
    field('53', dong),
    amount === undefined ? '' : field('54', String(amount)),
    field('58', 'VN'),
    content === undefined ? '' : field('62', field('08', content)),
    // the checksum covers its own tag and length
    '6304',
  ].join('');
  return body + checksum(body);
}

/** Tag, two-digit length, value. */
function field(tag: string, value: string): string {
  if (!/^[\x20-\x7e]{1,99}$/.test(value)) throw new RangeError(`Field ${tag} of a VietQR code cannot hold “${value}”`);
  return `${tag}${String(value.length).padStart(2, '0')}${value}`;
}

/** CRC-16/CCITT-FALSE (ISO/IEC 13239: polynomial 1021, start FFFF) of ASCII text, as four capital hex digits. */
export function checksum(text: string): string {
  let crc = 0xffff;
  for (const char of text) {
    crc ^= char.charCodeAt(0) << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
