import { localDate } from '#server/calendar/index.ts';
import { dongText } from '#server/platform/money.ts';
import type { DocumentTemplate } from '#server/signatures/index.ts';
import type { Dossier, Slip } from './records.ts';
import type { SlipNames } from './slip-names.ts';

type Block = DocumentTemplate['blocks'][number];

interface Printed extends SlipNames {
  dossier: Dossier;
  slip: Slip;
  content: Record<string, unknown>;
}

const dayOf = (value: unknown): string =>
  value
    ? localDate(new Date(String(value)))
        .split('-')
        .reverse()
        .join('/')
    : '';

/** Times are printed to the minute, in Vietnam. */
const timeOf = (value: unknown): string =>
  new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' }).format(
    new Date(String(value)),
  );

const refusalWords: Record<string, string> = {
  'not-competent': 'Không thuộc thẩm quyền giải quyết của cơ quan',
  'not-eligible': 'Người nộp không thuộc đối tượng thực hiện thủ tục',
  'papers-missing': 'Hồ sơ thiếu thành phần theo quy định',
  'papers-invalid': 'Giấy tờ không hợp lệ',
  duplicate: 'Hồ sơ trùng với hồ sơ đang giải quyết',
  other: 'Lý do khác',
};

/** What each form says between its heading and its signature. */
export const slipBodies: Partial<Record<Slip['form'], (printed: Printed) => Block[]>> = {
  '01': ({ dossier, content, procedure, applicant }) => [
    {
      kind: 'rows',
      rows: [
        { label: 'Mã hồ sơ', value: [{ text: dossier.code ?? '', bold: true }] },
        { label: 'Tiếp nhận hồ sơ của', value: applicant },
        { label: 'Nội dung yêu cầu giải quyết', value: procedure },
      ],
    },
    { kind: 'paragraph', text: 'Thành phần hồ sơ nộp gồm:' },
    { kind: 'numberedList', items: listed(content.papers).map((paper) => `${paper.name} (${paper.copies} tệp)`) },
    {
      kind: 'rows',
      rows: [
        { label: 'Thời gian giải quyết', value: `${content.limitDays} ngày làm việc kể từ khi nhận đủ hồ sơ hợp lệ` },
        ...feeRow(content.fee),
        { label: 'Nhận hồ sơ', value: `${timeOf(content.receivedAt)} ngày ${dayOf(content.receivedAt)}` },
        {
          label: 'Hẹn trả kết quả',
          value: [{ text: `${timeOf(content.dueAt)} ngày ${dayOf(content.dueAt)}`, bold: true }],
        },
        { label: 'Nơi trả kết quả', value: 'Trên hệ thống Một Cửa, hoặc tại bộ phận một cửa của cơ quan' },
        { label: 'Mã bí mật tra cứu', value: [{ text: dossier.trackingSecret ?? '', bold: true }] },
      ],
    },
  ],
  '02': ({ dossier, content, procedure, applicant }) => [
    {
      kind: 'rows',
      rows: [
        { label: 'Mã hồ sơ', value: [{ text: dossier.code ?? '', bold: true }] },
        { label: 'Người nộp', value: applicant },
        { label: 'Nội dung yêu cầu giải quyết', value: procedure },
      ],
    },
    { kind: 'paragraph', text: 'Yêu cầu bổ sung, hoàn thiện những nội dung sau:' },
    {
      kind: 'table',
      columns: [
        { title: 'STT', share: 1.5, align: 'center' },
        { title: 'Nội dung', share: 4 },
        { title: 'Yêu cầu', share: 6 },
        { title: 'Căn cứ', share: 4 },
      ],
      rows: listed(content.items).map((item, i) => [
        String(i + 1),
        String(item.label),
        String(item.note),
        String(item.legalGround),
      ]),
    },
    {
      kind: 'paragraph',
      text: [
        { text: 'Hạn trả lời: ' },
        { text: `trước ${timeOf(content.answerDueAt)} ngày ${dayOf(content.answerDueAt)}`, bold: true },
        {
          text: '. Thời gian chờ bổ sung không tính vào thời hạn giải quyết. Quá hạn không bổ sung, hồ sơ sẽ dừng giải quyết.',
        },
      ],
    },
    ...(content.approvalReason
      ? [
          {
            kind: 'paragraph' as const,
            text: `Đây là lần yêu cầu bổ sung thứ ${content.ordinal}, được lãnh đạo cơ quan duyệt với lý do: ${content.approvalReason}`,
          },
        ]
      : []),
  ],
  '03': ({ dossier, content, procedure, applicant }) => [
    {
      kind: 'rows',
      rows: [
        { label: 'Mã hồ sơ', value: [{ text: dossier.code ?? '', bold: true }] },
        { label: 'Người nộp', value: applicant },
        { label: 'Nội dung yêu cầu giải quyết', value: procedure },
      ],
    },
    {
      kind: 'paragraph',
      text: [{ text: 'Lý do từ chối: ' }, { text: refusalWords[String(content.reason)] ?? '', bold: true }],
    },
    { kind: 'paragraph', text: String(content.explanation ?? '') },
    { kind: 'paragraph', text: 'Đề nghị người nộp hoàn thiện và nộp lại nếu vẫn có nhu cầu.' },
  ],
  '04': ({ dossier, slip, content, procedure, applicant }) => [
    {
      kind: 'rows',
      rows: [
        { label: 'Kính gửi', value: [{ text: applicant, bold: true }] },
        { label: 'Mã hồ sơ', value: [{ text: dossier.code ?? '', bold: true }] },
        { label: 'Nội dung yêu cầu giải quyết', value: procedure },
        { label: 'Nhận hồ sơ', value: `${timeOf(dossier.receivedAt)} ngày ${dayOf(dossier.receivedAt)}` },
        { label: 'Đã hẹn trả kết quả', value: `${timeOf(content.dueBefore)} ngày ${dayOf(content.dueBefore)}` },
      ],
    },
    {
      kind: 'paragraph',
      // a slip may be given before the appointment or after it
      text:
        slip.issuedAt <= new Date(String(content.dueBefore))
          ? 'Hồ sơ của Ông/Bà không thể giải quyết xong trước ngày đã hẹn. Cơ quan xin lỗi Ông/Bà về sự chậm trễ này.'
          : 'Đến ngày đã hẹn, hồ sơ của Ông/Bà chưa được giải quyết xong. Cơ quan xin lỗi Ông/Bà về sự chậm trễ này.',
    },
    { kind: 'paragraph', text: [{ text: 'Lý do: ' }, { text: String(content.reason), bold: true }] },
    {
      kind: 'paragraph',
      text: [
        { text: 'Cơ quan xin hẹn lại ngày trả kết quả: ' },
        { text: `${timeOf(content.dueAt)} ngày ${dayOf(content.dueAt)}`, bold: true },
        { text: ` (thêm ${content.days} ngày làm việc). Việc hẹn lại chỉ thực hiện một lần.` },
      ],
    },
  ],
  '05': ({ dossier, content, procedure, applicant }) => [
    {
      kind: 'rows',
      rows: [
        { label: 'Mã hồ sơ', value: [{ text: dossier.code ?? '', bold: true }] },
        { label: 'Người nộp', value: applicant },
        { label: 'Nội dung yêu cầu giải quyết', value: procedure },
        {
          label: 'Hẹn trả kết quả',
          value: content.dueAt ? `${timeOf(content.dueAt)} ngày ${dayOf(content.dueAt)}` : 'Chưa tiếp nhận',
        },
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: 'STT', share: 2.2, align: 'center' },
        { title: 'Bước, người thực hiện', share: 6 },
        { title: 'Nhận', share: 4 },
        { title: 'Hạn', share: 4 },
        { title: 'Giao', share: 4 },
        { title: 'Kết quả', share: 4 },
      ],
      rows: listed(content.handovers).map((row, i) => [
        String(i + 1),
        `${row.step}: ${row.who}`,
        momentOf(row.from),
        momentOf(row.due),
        momentOf(row.to),
        String(row.verdict),
      ]),
    },
  ],
};

/** The fee as its receipt says it. Slips issued before the fee stood on them print as they were. */
function feeRow(fee: unknown): { label: string; value: string }[] {
  if (typeof fee !== 'object' || fee === null) return [];
  const { amount, receiptNumber, settledAt } = fee as Record<string, unknown>;
  const value = `${dongText(Number(amount))}, đã nộp ngày ${dayOf(settledAt)}, biên lai số ${receiptNumber}`;
  return [{ label: 'Phí, lệ phí', value }];
}

const momentOf = (value: unknown): string => (value ? `${timeOf(value)} ${dayOf(value)}` : '');

const listed = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);
