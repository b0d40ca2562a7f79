import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { DocumentLayout, type DocumentTemplate, renderDocument } from '#server/signatures/index.ts';
import type { Dossier, Slip } from './records.ts';
import { slipBodies } from './slip-bodies.ts';
import { namesOn, placeOf, type SlipNames } from './slip-names.ts';

const titles: Record<Slip['form'], string> = {
  '01': 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
  '02': 'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ',
  '03': 'PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ',
  '04': 'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ',
  '05': 'PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ',
  '06': 'SỔ THEO DÕI HỒ SƠ',
};

/**
 * The PDF of a slip (Circular 01/2018/TT-VPCP, forms 01 to 05, A5), made from the content and the names that were fixed
 * when it was issued: rendering again gives the same bytes. Slips issued before names were kept read them as they are.
 */
export async function renderSlip(db: Reader, dossier: Dossier, slip: Slip): Promise<Uint8Array> {
  const body = slipBodies[slip.form];
  if (!body) throw new Error(`slip ${slip.form} has no layout`);
  const kept = slip.content.names as SlipNames | undefined;
  const names = kept ?? (await namesOn(db, dossier, slip.issuedBy, slip.issuedAt));
  const { authority, superior, officer, track } = names;
  const layout: DocumentTemplate = {
    version: 1,
    page: 'A5',
    title: titles[slip.form],
    author: authority,
    createdAt: slip.issuedAt.toISOString(),
    missingCharacter: 'box',
    blocks: [
      {
        kind: 'header',
        ...(superior ? { superior: superior.toUpperCase() } : {}),
        agency: authority.toUpperCase(),
        number: { text: `${String(slip.number).padStart(2, '0')}/${abbreviations[slip.form]}` },
        place: placeOf(superior ?? authority),
        date: { on: localDate(slip.issuedAt) },
      },
      { kind: 'title', text: titles[slip.form] },
      ...body({ dossier, slip, ...names, content: slip.content }),
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
