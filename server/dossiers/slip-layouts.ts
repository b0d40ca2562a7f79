import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { getOrganisation, getPerson, postOf } from '#server/identity/index.ts';
import { env } from '#server/platform/env.ts';
import { dongText } from '#server/platform/money.ts';
import { getVersion } from '#server/procedures/index.ts';
import { DocumentLayout, type DocumentTemplate, renderDocument } from '#server/signatures/index.ts';
import type { Dossier, Slip } from './records.ts';

type Block = DocumentTemplate['blocks'][number];

interface Printed {
  dossier: Dossier;
  slip: Slip;
  procedure: string;
  applicant: string;
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

const titles: Record<Slip['form'], string> = {
  '01': 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
  '02': 'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ',
  '03': 'PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ',
  '04': 'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ',
  '05': 'PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ',
  '06': 'SỔ THEO DÕI HỒ SƠ',
};

const refusalWords: Record<string, string> = {
  'not-competent': 'Không thuộc thẩm quyền giải quyết của cơ quan',
  'not-eligible': 'Người nộp không thuộc đối tượng thực hiện thủ tục',
  'papers-missing': 'Hồ sơ thiếu thành phần theo quy định',
  'papers-invalid': 'Giấy tờ không hợp lệ',
  duplicate: 'Hồ sơ trùng với hồ sơ đang giải quyết',
  other: 'Lý do khác',
};

/** What each form says between its heading and its signature. */
const bodies: Partial<Record<Slip['form'], (printed: Printed) => Block[]>> = {
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
        { title: 'STT', share: 1, align: 'center' },
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
};

/** The fee as its receipt says it. Slips issued before the fee stood on them print as they were. */
function feeRow(fee: unknown): { label: string; value: string }[] {
  if (typeof fee !== 'object' || fee === null) return [];
  const { amount, receiptNumber, settledAt } = fee as Record<string, unknown>;
  const value = `${dongText(Number(amount))}, đã nộp ngày ${dayOf(settledAt)}, biên lai số ${receiptNumber}`;
  return [{ label: 'Phí, lệ phí', value }];
}

const listed = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);

/**
 * The PDF of a slip (Circular 01/2018/TT-VPCP, forms 01 to 03, A5), made from the content that was fixed when it was
 * issued: rendering again gives the same bytes.
 */
export async function renderSlip(db: Reader, dossier: Dossier, slip: Slip): Promise<Uint8Array> {
  const body = bodies[slip.form];
  if (!body) throw new Error(`slip ${slip.form} has no layout`);
  const [authority, version, applicant, officer] = await Promise.all([
    getOrganisation(db, slip.authorityId),
    getVersion(db, dossier.procedureVersionId),
    applicantOf(db, dossier),
    slip.issuedBy ? postOf(db, slip.issuedBy, slip.issuedAt) : null,
  ]);
  const track = `${env().appUrl}/track?code=${encodeURIComponent(dossier.code ?? '')}`;
  const layout: DocumentTemplate = {
    version: 1,
    page: 'A5',
    title: titles[slip.form],
    author: authority.name,
    createdAt: slip.issuedAt.toISOString(),
    missingCharacter: 'box',
    blocks: [
      {
        kind: 'header',
        ...(authority.superiorName ? { superior: authority.superiorName.toUpperCase() } : {}),
        agency: authority.name.toUpperCase(),
        number: { text: `${String(slip.number).padStart(2, '0')}/${abbreviations[slip.form]}` },
        place: placeOf(authority.superiorName ?? authority.name),
        date: { on: localDate(slip.issuedAt) },
      },
      { kind: 'title', text: titles[slip.form] },
      ...body({ dossier, slip, procedure: version.title.vi, applicant, content: slip.content }),
      {
        kind: 'signatures',
        left: [{ kind: 'qr', data: track, sizeMm: 22, caption: 'Tra cứu hồ sơ' }],
        signers: [
          { title: [(officer?.title ?? 'NGƯỜI TIẾP NHẬN HỒ SƠ').toUpperCase()], name: officer?.name ?? '', fields: [] },
        ],
      },
    ],
  };
  return renderDocument(DocumentLayout.parse(layout));
}

const abbreviations: Record<Slip['form'], string> = {
  '01': 'GTN',
  '02': 'PBS',
  '03': 'PTC',
  '04': 'PXL',
  '05': 'PKS',
  '06': 'STD',
};

/** `UBND thành phố Hà Nội` stands in Hà Nội. */
export const placeOf = (superior: string): string =>
  superior.replace(/^(UBND|Ủy ban nhân dân)\s+(tỉnh|thành phố)\s+/i, '').replace(/^Bộ Y tế$/, 'Hà Nội');

/** The name a dossier is filed under: the business, or the person. */
export async function applicantOf(db: Reader, dossier: Dossier): Promise<string> {
  const { organisationId, applicantUserId } = dossier;
  return organisationId
    ? (await getOrganisation(db, organisationId)).name
    : (await getPerson(db, applicantUserId)).name;
}
