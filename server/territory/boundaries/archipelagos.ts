/** An archipelago of Viet Nam: a labelled point of its province, drawn at every zoom whatever the outlines hold. */
export interface Archipelago {
  code: 'hoang-sa' | 'truong-sa';
  name: string;
  nameEn: string;
  provinceCode: string;
  /** code of the special zone it is since July 2025 */
  wardCode: string;
  latitude: number;
  longitude: number;
  /** west, south, east, north: where its islands lie, in round figures */
  extent: readonly [number, number, number, number];
}

export const archipelagos: readonly Archipelago[] = [
  {
    code: 'hoang-sa',
    name: 'Quần đảo Hoàng Sa',
    nameEn: 'Hoang Sa archipelago',
    provinceCode: '48',
    wardCode: '20333',
    latitude: 16.5,
    longitude: 111.9,
    extent: [111, 15.6, 113, 17.3],
  },
  {
    code: 'truong-sa',
    name: 'Quần đảo Trường Sa',
    nameEn: 'Truong Sa archipelago',
    provinceCode: '56',
    wardCode: '22736',
    latitude: 9.5,
    longitude: 114.2,
    extent: [111.3, 6.8, 117.9, 12],
  },
];
