import type { ExportedDossier } from '#server/dossiers/index.ts';
import type { BundleLog } from './log-of.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const at = (when: Date | string): string => moment.format(new Date(when)).replace(',', '');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}</style>
<h1>${escaped(title)}</h1>
${body}
</html>
`;
const table = (head: string[], rows: string[][]): string =>
  `<table><tr>${head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr>
${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('\n')}</table>`;

/** The form as filed, for reading without any program of ours. */
export const formPage = (dossier: ExportedDossier): string =>
  page(
    `Hồ sơ ${dossier.code}`,
    [
      table(
        ['', ''],
        [
          ['Thủ tục', dossier.procedure],
          ['Tên', dossier.title],
          ['Người nộp', dossier.applicant],
          ['Cơ quan', dossier.authority],
          ['Nộp lúc', at(dossier.filedAt)],
        ],
      ),
      ...dossier.pages.map(
        ({ title, rows }) =>
          `<h2>${escaped(title)}</h2>${table(
            ['Câu hỏi', 'Trả lời'],
            rows.map((row) => [row.question, row.answer]),
          )}`,
      ),
    ].join('\n'),
  );

/** The log, one line an entry; what is hidden says so. */
export const logPage = (dossier: ExportedDossier, log: BundleLog): string =>
  page(
    `Nhật ký hồ sơ ${dossier.code}`,
    table(
      ['Dòng', 'Thời điểm', 'Việc', 'Kết quả', 'Người thực hiện', 'Chi tiết'],
      log.lines.map(({ entry, opened }) => [
        String(entry.id),
        at(entry.at),
        entry.action,
        entry.outcome,
        opened.actor?.value ?? '(được bảo vệ bằng mã băm)',
        opened.details?.value ?? '(được bảo vệ bằng mã băm)',
      ]),
    ),
  );

export const readme = (dossier: ExportedDossier, issuer: string, fingerprint: string): string => `Hồ sơ ${dossier.code}

Gói này gồm: biểu mẫu đã nộp (form/), giấy tờ (papers/), phiếu (slips/), kết quả đã ký (decisions/), biên lai (receipts/),
nhật ký có bằng chứng (log/), chứng thư (certificates/), danh mục tệp (manifest.json) và chữ ký của danh mục (manifest.jws).

Kiểm tra không cần kết nối hệ thống, chỉ cần Node.js 20 trở lên:
  1. Tải verify-bundle.mjs tại ${issuer}/verify-bundle.mjs
  2. node verify-bundle.mjs <tệp zip> --key ${fingerprint}
So sánh dấu vân tay của khóa với dấu được công bố tại ${issuer}/audit; tải đầu nhật ký tại ${issuer}/api/v1/audit-heads/<số>
và thêm --head <tệp> để đối chiếu với bản đã công bố.

This bundle can be checked without the server: download verify-bundle.mjs, run it with Node.js 20 or newer, and compare the
fingerprint of the key with the one published at ${issuer}/audit.
`;
