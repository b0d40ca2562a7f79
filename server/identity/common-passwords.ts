import { searchable } from '#server/platform/text.ts';

/**
 * Passwords of at least twelve characters that stand in every list of leaked ones, in the world and in Viet Nam,
 * written without spaces, marks and punctuation.
 */
const common = new Set(
  `123456789012 1234567890123 1234567890qwerty 1234567890abc 123456789abc 123456789123 1234567891011 012345678910 0123456789101 098765432112
  111222333444 112233445566 11223344556677 121212121212 123123123123 123321123321 123456123456 123456654321 147258369147 159753159753
  1a2b3c4d5e6f 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb
  qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiopasdf qwertyuiopasdfghjklzxcvbnm qwerty123456 qwerty1234567 qwerty12345678 qwertyqwerty asdfghjkl123
  asdfghjklzxcvbnm zxcvbnm123456 zaq12wsxcde3 abcdefghijkl abcdefghijklmnop abcdef123456 abcd12345678 abc123456789 abc123abc123 a1b2c3d4e5f6
  password1234 password12345 password123456 passwordpassword mypassword123 passw0rd1234 passwordforme newpassword1 changeme1234 changemeplease
  letmein12345 letmeinplease welcome12345 welcome123456 welcomehome1 iloveyou1234 iloveyou12345 iloveyouforever iloveyoubaby iloveyousomuch
  administrator administrator1 admin1234567 admin12345678 adminadmin123 administrator123 superuser123 rootroot1234 test12345678 testtest1234
  correcthorsebatterystaple trustno1trustno1 monkey123456 dragon123456 football1234 baseball1234 superman1234 princess1234 sunshine1234 michael12345
  computer1234 internet1234 samsung12345 google123456 facebook1234 facebook12345 youtube12345 iphone123456 gmail1234567 yahoo1234567
  matkhau12345 matkhau123456 matkhau1234567 matkhaumatkhau matkhaucuatoi matkhaucuatoi123 khongcomatkhau khongcogihet khongbiet123 khongnoidau1
  anhyeuem1234 anhyeuem12345 anhyeuem123456 anhyeuemnhieu anhyeuemnhieulam emyeuanh1234 emyeuanh12345 emyeuanh123456 emyeuanhnhieu yeuemnhieulam
  toiyeuvietnam toiyeuvietnam1 iloveyouvietnam vietnam12345 vietnam123456 vietnamvietnam vietnamvodich vietnam1975vn vietnam2024vn vietnam2025vn
  hanoi1234567 hanoi12345678 thanglonghanoi saigon123456 hochiminh1234 hochiminh123456 danang123456 doremon12345 doraemon1234 conmeocon123
  motcua123456 motcuadientu boyte1234567 boyte12345678 soyte1234567 soyte12345678 soytehanoi123 bacsi1234567 duocsi123456 nhathuoc1234
  nhathuoc12345 nhathuoc123456 benhvien1234 benhvien12345 congtyduoc123 hethongmotcua chinhphu1234 dichvucong12 dichvucong123 dichvucong1234`.split(
    /\s+/,
  ),
);

const runs = ['0123456789012345678901234567890', 'abcdefghijklmnopqrstuvwxyzabcdef', 'qwertyuiopasdfghjklzxcvbnm'];
const reversed = (text: string): string => [...text].reverse().join('');

/**
 * Whether everybody who guesses would try this password soon: it stands in the list, repeats a short piece, follows
 * the keyboard or the numbers, or is little more than what everybody knows about the person.
 */
export function isCommonPassword(password: string, about: string[]): boolean {
  const plain = searchable(password).replaceAll(' ', '');
  if (plain === '' && /^(.{1,4}?)\1+$/su.test(password)) return true;
  if (common.has(plain) || common.has(reversed(plain))) return true;
  if (/^(.{1,4})\1+.{0,3}$/su.test(plain)) return true;
  if (runs.some((run) => run.includes(plain) || reversed(run).includes(plain)) && plain.length > 0) return true;
  return about
    .flatMap((text) => [text, text.split('@')[0]!])
    .map((text) => searchable(text).replaceAll(' ', ''))
    .some((known) => known.length >= 4 && plain.includes(known) && plain.length - known.length <= 4);
}
