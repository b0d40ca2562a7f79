/**
 * How facilities are classified besides their kind. Names people read are in `messages/<language>/facilities.json`;
 * the words beside each entry are what people type for it, without marks, in both languages.
 */
export const serviceWords = {
  emergency: 'cap cuu emergency',
  outpatient: 'kham benh ngoai tru outpatient consultation',
  inpatient: 'dieu tri noi tru nam vien inpatient',
  surgery: 'phau thuat mo surgery',
  delivery: 'do de sinh con sinh de delivery birth',
  antenatal: 'kham thai san antenatal pregnancy',
  vaccination: 'tiem chung tiem vac xin vaccination vaccine',
  'health-check': 'kham suc khoe dinh ky tong quat health check',
  'laboratory-test': 'xet nghiem mau nuoc tieu laboratory blood test',
  ultrasound: 'sieu am ultrasound',
  'x-ray': 'chup x quang xquang x ray xray',
  'ct-scan': 'chup cat lop vi tinh ct scan',
  mri: 'chup cong huong tu mri',
  endoscopy: 'noi soi da day dai trang tieu hoa endoscopy gastroscopy colonoscopy',
  dialysis: 'chay than nhan tao loc mau dialysis',
  chemotherapy: 'hoa tri xa tri dieu tri ung thu chemotherapy radiotherapy',
  rehabilitation: 'phuc hoi chuc nang vat ly tri lieu rehabilitation physiotherapy',
  'dental-care': 'nho rang tram rang chua rang dental care tooth',
  'eye-care': 'kham mat do thi luc mo mat eye care',
  acupuncture: 'cham cuu xoa bop bam huyet bat mach boc thuoc acupuncture',
  'mental-health': 'suc khoe tam than tu van tam ly mental health',
  'hiv-care': 'tu van xet nghiem dieu tri hiv arv care',
  telehealth: 'kham benh tu xa truc tuyen telehealth online',
  'home-care': 'kham benh cham soc tai nha home care',
  ambulance: 'xe cuu thuong van chuyen cap cuu ambulance',
  'prescription-medicines': 'ban thuoc ke don theo don thuoc prescription medicines',
  'vaccine-supply': 'ban vac xin vaccine supply',
  'controlled-medicines': 'thuoc gay nghien huong than controlled medicines',
} as const;
export type FacilityService = keyof typeof serviceWords;
export const facilityServices = Object.keys(serviceWords) as [FacilityService, ...FacilityService[]];

export const specialityWords = {
  'internal-medicine': 'noi khoa noi tong quat internal medicine',
  surgery: 'ngoai khoa surgery',
  obstetrics: 'san phu khoa obstetrics gynaecology',
  paediatrics: 'nhi khoa tre em paediatrics pediatrics children',
  cardiology: 'tim mach cardiology heart',
  oncology: 'ung buou ung thu oncology cancer',
  ophthalmology: 'mat nhan khoa ophthalmology eye',
  ent: 'tai mui hong ent ear nose throat',
  dentistry: 'rang ham mat nha khoa dentistry dental',
  dermatology: 'da lieu dermatology skin',
  neurology: 'than kinh neurology',
  psychiatry: 'tam than psychiatry',
  'traditional-medicine': 'y hoc co truyen dong y traditional medicine',
  tuberculosis: 'lao benh phoi ho hap tuberculosis lung respiratory',
  'infectious-diseases': 'truyen nhiem benh nhiet doi infectious tropical diseases',
  orthopaedics: 'chan thuong chinh hinh co xuong khop orthopaedics orthopedics',
  endocrinology: 'noi tiet dai thao duong tieu duong endocrinology diabetes',
  gastroenterology: 'tieu hoa gan mat gastroenterology',
  nephrology: 'than tiet nieu nephrology urology',
  haematology: 'huyet hoc truyen mau haematology blood',
  geriatrics: 'lao khoa nguoi cao tuoi geriatrics',
} as const;
export type Speciality = keyof typeof specialityWords;
export const specialities = Object.keys(specialityWords) as [Speciality, ...Speciality[]];

/** Social health insurance (BHYT) is the state's; the others pay the facility directly on the patient's behalf. */
export const insurances = ['social', 'commercial', 'foreign'] as const;
export type Insurance = (typeof insurances)[number];

/** The three technical levels of the Law on Medical Examination and Treatment 2023: ban đầu, cơ bản, chuyên sâu. */
export const careLevels = ['primary', 'basic', 'specialised'] as const;
export type CareLevel = (typeof careLevels)[number];

export const ownerships = ['public', 'private', 'foreign-invested', 'armed-forces'] as const;
export type Ownership = (typeof ownerships)[number];

export const bedKinds = ['general', 'intensive', 'emergency', 'maternity', 'paediatric', 'isolation', 'day'] as const;
export type BedKind = (typeof bedKinds)[number];
/** How many beds of each kind; a kind that is not there has none. */
export type Beds = Partial<Record<BedKind, number>>;
