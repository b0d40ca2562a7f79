import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const files = {
  'vn_wards_3321.csv': `code,name,full_name,name_en,full_name_en,code_name,province_code,unit_vi,lat,lng,area_km2,population,admin_seat
26740,Sài Gòn,Phường Sài Gòn,Sai Gon,Sai Gon Ward,sai_gon,79,Phường,10.78,106.7,3,1,"45 - 47 Lê Duẩn, ""quận 1 cũ"""
26743,Bến Thành,Phường Bến Thành,Ben Thanh,Ben Thanh Ward,ben_thanh,79,Phường,10.77,106.69,2,1,x
26734,Tân Định,phường Tân Định,Tan Dinh,Tan Dinh Ward,tan_dinh,79,Phường,10.79,106.69,2,1,x
26732,Côn Đảo,Đặc khu Côn Đảo,Con Dao,Con Dao Special Zone,con_dao,79,Đặc khu,8.68,106.6,75,1,x
06978,Ba Chẽ,Xã Ba Chẽ,Ba Che,Ba Che Commune,ba_che,22,Xã,21.25,107.25,332,1,x
`,
  'vn_legacy_districts_696.csv': `code,name,full_name,full_name_en,province_code
760,1,Quận 1,District 1,79
755,Côn Đảo,Huyện Côn Đảo,Con Dao District,77
204,Ba Chẽ,Huyện Ba Chẽ,Ba Che District,22
`,
  'vn_legacy_wards_10035.csv': `code,name,full_name,district_code,province_code
26740,Bến Nghé,Phường Bến Nghé,760,79
26737,Đa Kao,Phường Đa Kao,760,79
26743,Bến Thành,Phường Bến Thành,760,79
06970,Ba Chẽ,Thị trấn Ba Chẽ,204,22
`,
  'vn_ward_crosswalk_2025.csv': `old_province_code,old_district_code,old_ward_code,old_province,old_district,old_ward,new_province_code,new_ward_code,new_province,new_ward
79,760,26740,TP,Quận 1,Phường Bến Nghé,79,26740,TP,Phường Sài Gòn
79,760,26737,TP,Quận 1,Phường Đa Kao,79,26740,TP,Phường Sài Gòn
79,760,26737,TP,Quận 1,Phường Đa Kao,79,26734,TP,Phường Tân Định
79,760,26743,TP,Quận 1,Phường Bến Thành,79,26743,TP,Phường Bến Thành
77,755,,Tỉnh,Huyện Côn Đảo,,79,26732,TP,Đặc khu Côn Đảo
22,204,06970,Tỉnh,Huyện Ba Chẽ,Thị trấn Ba Chẽ,22,06970,Tỉnh,Xã Ba Chẽ
`,
};

/** A data pack of a few units in a folder of its own. */
export function smallPack(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-territory-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
