import type { LicensedPerson } from '#db/schema/facilities.ts';
import type { FacilityKind } from '#server/facilities/rules.ts';

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Êban', 'Ksor'];
const middles = ['Thị', 'Văn', 'Minh', 'Ngọc', 'Thu', 'Quốc', 'Hữu', 'Thanh'];
const givens = ['An', 'Bình', 'Châu', 'Dũng', 'Ánh', 'Hạnh', 'Khoa', 'Lan', 'Nguyệt', 'Phúc', 'Quỳnh', 'Sơn', 'Tuyết'];

const medicine = ['Nội khoa', 'Ngoại khoa', 'Nhi khoa', 'Sản phụ khoa', 'Điều dưỡng'];
/** Fields of practice of those who work at each kind, who answers for the profession first. */
const scopes: Partial<Record<FacilityKind, readonly string[]>> = {
  hospital: medicine,
  polyclinic: medicine.slice(0, 3),
  clinic: ['Nội khoa', 'Điều dưỡng'],
  dental: ['Răng hàm mặt'],
  'maternity-home': ['Sản phụ khoa', 'Hộ sinh'],
  'traditional-medicine': ['Y học cổ truyền'],
  imaging: ['Chẩn đoán hình ảnh', 'Kỹ thuật y'],
  laboratory: ['Xét nghiệm y học'],
  'health-station': ['Đa khoa', 'Hộ sinh'],
};
const pharmacy = ['Dược'];

/** Invented people of a demo facility; their certificates say that they are of the demonstration. */
export function inventStaff(kind: FacilityKind, chance: () => number): LicensedPerson[] {
  const pick = (list: readonly string[]) => list[Math.floor(chance() * list.length)]!;
  return (scopes[kind] ?? pharmacy).map((scope) => ({
    name: `${pick(families)} ${pick(middles)} ${pick(givens)}`,
    certificate: `${String(Math.floor(chance() * 1_000_000)).padStart(6, '0')}/DEMO-CCHN`,
    scope,
  }));
}
