import { describe, expect, it } from 'vitest';
import { searchCatalogue } from './search.ts';

const entries = [
  {
    id: 'pharmacy',
    texts: [
      'Cấp Giấy chứng nhận đủ điều kiện kinh doanh dược cho cơ sở bán lẻ thuốc',
      'Certificate of eligibility to trade drugs',
      'nhà thuốc',
      'quầy thuốc',
    ],
  },
  {
    id: 'clinic',
    texts: ['Cấp giấy phép hoạt động phòng khám', 'Operating licence of a clinic', 'phòng khám đa khoa'],
  },
  { id: 'device', texts: ['Cấp số lưu hành thiết bị y tế loại C, D', 'Circulation number of a medical device'] },
  { id: 'drug', texts: ['Cấp giấy đăng ký lưu hành thuốc', 'Marketing authorisation of a drug'] },
  {
    id: 'practice',
    texts: ['Cấp giấy phép hành nghề khám bệnh, chữa bệnh', 'Licence to practise', 'bác sĩ', 'điều dưỡng'],
  },
];
const first = (query: string) => searchCatalogue(entries, query)[0]?.id;

describe('searching the catalogue', () => {
  it.each([
    ['nhà thuốc', 'pharmacy'],
    ['nha thuoc', 'pharmacy'],
    ['NHÀ THUỐC', 'pharmacy'],
    ['nhà thuốc'.normalize('NFD'), 'pharmacy'],
    ['kinh doanh dược', 'pharmacy'],
    ['kinh doanh duoc', 'pharmacy'],
    ['kinh daonh duoc', 'pharmacy'],
    ['kih doanh dược', 'pharmacy'],
    ['phong kham', 'clinic'],
    ['phòng khám đa kh', 'clinic'],
    ['phongg kham', 'clinic'],
    ['thiết bị y tế', 'device'],
    ['thiet bi', 'device'],
    ['luu hanh thuoc', 'drug'],
    ['dang ky thuoc', 'drug'],
    ['đieu duong', 'practice'],
    ['bac si', 'practice'],
    ['hanh nghe', 'practice'],
    ['clinic', 'clinic'],
    ['clinc', 'clinic'],
    ['elegibility', 'pharmacy'],
  ])('finds by %s', (query, id) => {
    expect(first(query)).toBe(id);
  });

  it('ranks the very accents typed before the same letters with others', () => {
    const two = [
      { id: 'duong', texts: ['đường'] },
      { id: 'dưỡng', texts: ['dưỡng'] },
    ];
    expect(searchCatalogue(two, 'dưỡng').map((hit) => hit.id)).toEqual(['dưỡng', 'duong']);
    expect(searchCatalogue(two, 'đường').map((hit) => hit.id)).toEqual(['duong', 'dưỡng']);
  });

  it('finds nothing for what is not there and all for nothing', () => {
    expect(searchCatalogue(entries, 'xyz qqq')).toEqual([]);
    expect(searchCatalogue(entries, '  ').map((hit) => hit.id)).toEqual(entries.map((entry) => entry.id));
  });

  it('takes signs that mean something elsewhere as text', () => {
    expect(searchCatalogue(entries, '%_(*[')).toHaveLength(entries.length);
    expect(first('thiết bị (loại C)')).toBe('device');
  });

  it('answers within a blink over a thousand procedures', () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ id: String(i), texts: entries[i % entries.length]!.texts }));
    expect(searchCatalogue(many, 'kinh daonh duoc').length).toBe(200);
  });
});
