import type { DocumentTemplate } from '../layout/document-layout.ts';

/** A certificate as a procedure would write it: every kind of block, all seven prepared fields. */
export const certificateTemplate: DocumentTemplate = {
  version: 1,
  title: 'Giấy chứng nhận đủ điều kiện kinh doanh dược – {facility.name}',
  author: '{agency}',
  createdAt: '{createdAt}',
  blocks: [
    {
      kind: 'header',
      superior: 'ỦY BAN NHÂN DÂN TỈNH NGHỆ AN',
      agency: '{agency}',
      number: { field: true, suffix: '/GCN-SYT' },
      place: 'Nghệ An',
      date: { field: true },
    },
    { kind: 'title', text: 'GIẤY CHỨNG NHẬN', subtitle: 'ĐỦ ĐIỀU KIỆN KINH DOANH DƯỢC' },
    {
      kind: 'paragraph',
      indent: true,
      text: [{ text: 'Căn cứ Luật Dược; xét hồ sơ số ' }, { text: '{code}', bold: true }, { text: ' của cơ sở,' }],
    },
    { kind: 'title', text: 'GIÁM ĐỐC SỞ Y TẾ CHỨNG NHẬN' },
    {
      kind: 'rows',
      rows: [
        { label: 'Tên cơ sở:', value: [{ text: '{facility.name}', bold: true }] },
        { label: 'Địa chỉ:', value: '{facility.address}' },
        { label: 'Người chịu trách nhiệm chuyên môn:', value: '{facility.pharmacist}' },
      ],
    },
    { kind: 'numberedList', each: 'scope', item: '{item}' },
    { kind: 'checklist', each: 'checks', item: { text: '{item.text}', checked: '{item.ok}' } },
    {
      kind: 'table',
      columns: [
        { title: 'TT', share: 1, align: 'center' },
        { title: 'Giấy tờ', share: 7 },
        { title: 'Số bản', share: 2, align: 'right' },
      ],
      each: 'papers',
      row: ['{index}', '{item.name}', '{item.copies}'],
    },
    {
      kind: 'signatures',
      left: [
        { kind: 'notes', title: 'Nơi nhận:', items: ['Cơ sở được cấp;', 'Bộ Y tế (để báo cáo);', 'Lưu: VT, NVD.'] },
        { kind: 'qr', data: '{verifyUrl}', sizeMm: 22, caption: 'Quét mã để kiểm tra' },
      ],
      signers: [{ title: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'], name: '{leader}', fields: ['initial', 'leader', 'seal'] }],
    },
  ],
};

export const certificateData = {
  agency: 'Sở Y tế tỉnh Nghệ An',
  createdAt: '2026-11-23T09:00:00+07:00',
  code: '000.00.10.H41-261123-0001',
  facility: {
    name: 'Nhà thuốc Minh Tuệ Phượng',
    address: 'Số 12 đường Nguyễn Thị Minh Khai, phường Trường Vinh, tỉnh Nghệ An',
    pharmacist: 'Nguyễn Thị Ánh Tuyết',
  },
  scope: ['Bán lẻ thuốc thành phẩm, kể cả thuốc phải kiểm soát đặc biệt;', 'Pha chế thuốc theo đơn.'],
  checks: [
    { text: 'Đạt Thực hành tốt cơ sở bán lẻ thuốc (GPP)', ok: true },
    { text: 'Có kho lạnh', ok: false },
  ],
  papers: [
    { name: 'Đơn đề nghị cấp Giấy chứng nhận', copies: 1 },
    { name: 'Bản sao Chứng chỉ hành nghề dược', copies: 2 },
  ],
  verifyUrl: 'https://motcua.example.vn/verify/K7QX2M9PTA',
  leader: 'Trần Quốc Khánh',
};
