import type {
  Beds,
  CareLevel,
  FacilityService,
  Insurance,
  Ownership,
  Speciality,
} from '#db/enums/facility-classification.ts';
import type { OpeningHours } from '#db/schema/facilities.ts';
import type { FacilityKind } from '#server/facilities/index.ts';

/** What the demo's facilities of a kind are like. */
export interface KindFacts {
  kind: FacilityKind;
  /** of a hundred facilities */
  share: number;
  /** before the given name or the town */
  name: string;
  /** named after its town, not by an owner */
  ofTown?: boolean;
  services: FacilityService[];
  /** some of these, by chance */
  sometimes: FacilityService[];
  specialities: Speciality[];
  insurance: Insurance[];
  level: CareLevel | null;
  ownership: Ownership;
  hours: OpeningHours[];
  /** general beds from, to */
  beds?: [number, number];
}

type Span = { from: string; to: string };
const days = (workdays: Span[], saturday: Span[], sunday: Span[], holiday?: Span[]): OpeningHours => ({
  '1': workdays,
  '2': workdays,
  '3': workdays,
  '4': workdays,
  '5': workdays,
  '6': saturday,
  '7': sunday,
  ...(holiday ? { holiday } : {}),
});
const span = (from: string, to: string): Span[] => [{ from, to }];
const always = days(span('00:00', '24:00'), span('00:00', '24:00'), span('00:00', '24:00'), span('00:00', '24:00'));
const office = days([...span('07:30', '11:30'), ...span('13:30', '17:00')], [], []);
const shop = days(span('07:00', '22:00'), span('07:00', '22:00'), span('07:30', '21:30'), span('08:00', '18:00'));
const smallShop = days(
  [...span('07:00', '11:30'), ...span('14:00', '20:30')],
  span('07:00', '20:30'),
  span('08:00', '11:30'),
);
const clinicDay = days(span('07:00', '20:00'), span('07:00', '20:00'), span('07:30', '16:30'));
const evening = days(span('17:00', '20:30'), span('08:00', '20:00'), span('08:00', '11:30'));
const morning = days([...span('06:30', '11:30'), ...span('13:00', '17:00')], span('06:30', '11:30'), []);

export const kindFacts: KindFacts[] = [
  {
    kind: 'hospital',
    share: 11,
    name: 'Bệnh viện Đa khoa',
    ofTown: true,
    services: ['emergency', 'outpatient', 'inpatient', 'surgery', 'laboratory-test', 'ultrasound', 'x-ray'],
    sometimes: ['endoscopy', 'ct-scan', 'mri', 'dialysis', 'delivery', 'chemotherapy', 'rehabilitation', 'ambulance'],
    specialities: ['internal-medicine', 'surgery', 'obstetrics', 'paediatrics', 'cardiology', 'gastroenterology'],
    insurance: ['social', 'commercial'],
    level: 'basic',
    ownership: 'public',
    hours: [always],
    beds: [120, 900],
  },
  {
    kind: 'hospital',
    share: 6,
    name: 'Bệnh viện Chuyên khoa',
    services: ['outpatient', 'inpatient', 'surgery', 'laboratory-test'],
    sometimes: ['emergency', 'endoscopy', 'eye-care', 'delivery', 'rehabilitation', 'mental-health'],
    specialities: ['ophthalmology', 'obstetrics', 'ent', 'oncology', 'orthopaedics', 'tuberculosis'],
    insurance: ['social', 'commercial', 'foreign'],
    level: 'specialised',
    ownership: 'private',
    hours: [always, morning],
    beds: [60, 300],
  },
  {
    kind: 'polyclinic',
    share: 10,
    name: 'Phòng khám Đa khoa',
    services: ['outpatient', 'laboratory-test', 'ultrasound', 'health-check'],
    sometimes: ['x-ray', 'endoscopy', 'vaccination', 'antenatal', 'telehealth'],
    specialities: ['internal-medicine', 'paediatrics', 'ent', 'dermatology', 'gastroenterology'],
    insurance: ['social', 'commercial'],
    level: 'primary',
    ownership: 'private',
    hours: [clinicDay, morning],
  },
  {
    kind: 'clinic',
    share: 9,
    name: 'Phòng khám Nội tổng hợp',
    services: ['outpatient'],
    sometimes: ['ultrasound', 'telehealth', 'home-care', 'antenatal'],
    specialities: ['internal-medicine', 'endocrinology', 'cardiology', 'paediatrics'],
    insurance: ['commercial'],
    level: 'primary',
    ownership: 'private',
    hours: [evening, clinicDay],
  },
  {
    kind: 'health-station',
    share: 12,
    name: 'Trạm y tế',
    ofTown: true,
    services: ['outpatient', 'vaccination', 'antenatal'],
    sometimes: ['ultrasound', 'hiv-care', 'home-care', 'acupuncture'],
    specialities: ['internal-medicine'],
    insurance: ['social'],
    level: 'primary',
    ownership: 'public',
    hours: [office],
    beds: [3, 10],
  },
  {
    kind: 'pharmacy',
    share: 26,
    name: 'Nhà thuốc',
    services: ['prescription-medicines'],
    sometimes: ['vaccine-supply', 'controlled-medicines'],
    specialities: [],
    insurance: [],
    level: null,
    ownership: 'private',
    hours: [shop, smallShop, shop, always],
  },
  {
    kind: 'drug-counter',
    share: 9,
    name: 'Quầy thuốc',
    services: ['prescription-medicines'],
    sometimes: [],
    specialities: [],
    insurance: [],
    level: null,
    ownership: 'private',
    hours: [smallShop, shop],
  },
  {
    kind: 'dental',
    share: 6,
    name: 'Nha khoa',
    services: ['dental-care'],
    sometimes: ['x-ray'],
    specialities: ['dentistry'],
    insurance: ['commercial'],
    level: 'primary',
    ownership: 'private',
    hours: [clinicDay],
  },
  {
    kind: 'maternity-home',
    share: 2,
    name: 'Nhà hộ sinh',
    services: ['delivery', 'antenatal', 'ultrasound'],
    sometimes: ['vaccination'],
    specialities: ['obstetrics'],
    insurance: ['social'],
    level: 'primary',
    ownership: 'private',
    hours: [always],
    beds: [5, 25],
  },
  {
    kind: 'traditional-medicine',
    share: 3,
    name: 'Phòng chẩn trị y học cổ truyền',
    services: ['acupuncture'],
    sometimes: ['rehabilitation'],
    specialities: ['traditional-medicine'],
    insurance: [],
    level: 'primary',
    ownership: 'private',
    hours: [morning, clinicDay],
  },
  {
    kind: 'imaging',
    share: 2,
    name: 'Trung tâm Chẩn đoán hình ảnh',
    services: ['ultrasound', 'x-ray'],
    sometimes: ['ct-scan', 'mri'],
    specialities: [],
    insurance: ['commercial'],
    level: 'primary',
    ownership: 'private',
    hours: [morning],
  },
  {
    kind: 'laboratory',
    share: 2,
    name: 'Trung tâm Xét nghiệm',
    services: ['laboratory-test'],
    sometimes: ['hiv-care', 'home-care'],
    specialities: [],
    insurance: ['commercial'],
    level: 'primary',
    ownership: 'private',
    hours: [morning],
  },
  {
    kind: 'drug-wholesaler',
    share: 1,
    name: 'Công ty Dược phẩm',
    services: [],
    sometimes: ['vaccine-supply', 'controlled-medicines'],
    specialities: [],
    insurance: [],
    level: null,
    ownership: 'private',
    hours: [office],
  },
  {
    kind: 'herbal-shop',
    share: 1,
    name: 'Cơ sở dược liệu',
    services: [],
    sometimes: ['acupuncture'],
    specialities: [],
    insurance: [],
    level: null,
    ownership: 'private',
    hours: [smallShop],
  },
];

/** Beds beside the general ones of a hospital of some size. */
export const bedsOf = (general: number): Beds =>
  general < 60
    ? { general }
    : {
        general,
        intensive: Math.round(general * 0.06),
        emergency: Math.round(general * 0.04),
        maternity: Math.round(general * 0.1),
        paediatric: Math.round(general * 0.08),
      };
