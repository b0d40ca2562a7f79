import { dongText } from '#server/platform/money.ts';
import type { DocumentTemplate } from '#server/signatures/index.ts';
import { amountInWords } from './amount-in-words.ts';
import type { Intent, Payee } from './records.ts';
import { receiptNumberText } from './rules.ts';

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

/** `Ngày 23 tháng 11 năm 2026`. */
function dayInWords(at: Date): string {
  const [year, month, day] = inVietnam(at).slice(0, 10).split('-');
  return `Ngày ${day} tháng ${month} năm ${year}`;
}

/** Vietnam has one time zone, seven hours ahead, without summer time. */
const inVietnam = (at: Date): string => `${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;

/** The transfers by which a fee went back. */
export type WentBack = { sentAt: Date; bankReference: string; amount: number };

const refundNote = ({ sentAt, bankReference, amount }: WentBack): string =>
  `Đã hoàn trả ${dongText(amount)} ngày ${day.format(sentAt)}, mã giao dịch ${bankReference}. Biên lai này không còn giá trị thanh toán.`;

/**
 * The receipt of a settled payment, in the layout officials know: agency at the top left, motto at the top right.
 * The same payment gives the same layout. The intent carries its receipt number.
 */
export function receiptLayout(intent: Intent, payee: Payee, wentBack: readonly WentBack[] = []): DocumentTemplate {
  const number = receiptNumberText(intent.receiptNumber!, intent.receiptYear!);
  const settledAt = intent.settledAt!;
  const rows = [
    { label: 'Người nộp tiền:', value: intent.payerName },
    { label: 'Nội dung thu:', value: intent.purpose },
    ...(intent.subjectCode ? [{ label: 'Mã hồ sơ:', value: intent.subjectCode }] : []),
    { label: 'Số tiền:', value: [{ text: dongText(intent.amount), bold: true }] },
    { label: 'Bằng chữ:', value: [{ text: `${amountInWords(intent.amount)}.`, italic: true }] },
    { label: 'Hình thức nộp:', value: `Chuyển khoản, ${intent.payeeAccount.bankName}` },
    { label: 'Tài khoản thu:', value: `${intent.payeeAccount.accountNumber}, ${intent.payeeAccount.accountName}` },
    { label: 'Mã thanh toán:', value: intent.reference },
    { label: 'Mã giao dịch:', value: intent.providerReference ?? '' },
    { label: 'Thời điểm nhận:', value: moment.format(settledAt).replace(',', '') },
  ];
  return {
    version: 1,
    page: 'A5',
    language: 'vi',
    title: `Biên lai thu phí, lệ phí số ${number}`,
    author: payee.name,
    createdAt: inVietnam(settledAt),
    missingCharacter: 'box',
    blocks: [
      {
        kind: 'header',
        ...(payee.superiorName ? { superior: payee.superiorName } : {}),
        agency: payee.name,
        number: { text: number },
      },
      { kind: 'title', text: 'BIÊN LAI THU PHÍ, LỆ PHÍ', subtitle: dayInWords(settledAt) },
      { kind: 'rows', rows, labelShare: 0.28 },
      { kind: 'space', mm: 4 },
      {
        kind: 'notes',
        items: [
          'Biên lai điện tử, được lập tự động khi ngân hàng xác nhận đã nhận đủ tiền.',
          ...wentBack.map(refundNote),
        ],
      },
    ],
  };
}
