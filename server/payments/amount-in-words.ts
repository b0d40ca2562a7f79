const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;

/** Three digits as read aloud; `whole` also reads leading zeros, as every group but the first does. */
function group(value: number, whole: boolean): string[] {
  const [hundreds, tens, units] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10] as const;
  const words: string[] = [];
  if (whole || hundreds > 0) words.push(digits[hundreds]!, 'trăm');
  if (tens === 1) words.push('mười');
  else if (tens > 1) words.push(digits[tens]!, 'mươi');
  else if (units > 0 && words.length > 0) words.push('linh');
  if (units > 0) words.push(unit(units, tens));
  return words;
}

/** The last digit changes its name after a ten: hai mươi mốt, mười lăm, ba mươi tư. */
function unit(units: number, tens: number): string {
  if (units === 1 && tens > 1) return 'mốt';
  if (units === 4 && tens > 1) return 'tư';
  if (units === 5 && tens > 0) return 'lăm';
  return digits[units]!;
}

function below(value: number, whole: boolean): string[] {
  if (value >= 1e9) {
    const rest = value % 1e9;
    return [...below(Math.floor(value / 1e9), whole), 'tỷ', ...(rest > 0 ? below(rest, true) : [])];
  }
  const parts = [
    { value: Math.floor(value / 1e6), name: 'triệu' },
    { value: Math.floor(value / 1e3) % 1000, name: 'nghìn' },
    { value: value % 1000, name: '' },
  ];
  const words: string[] = [];
  for (const part of parts) {
    if (part.value === 0) continue;
    words.push(...group(part.value, whole || words.length > 0));
    if (part.name) words.push(part.name);
  }
  return words;
}

/**
 * A sum as Vietnamese papers spell it: 1005000 → `Một triệu không trăm linh năm nghìn đồng`.
 * @param amount whole đồng, 0 to `Number.MAX_SAFE_INTEGER`; RangeError otherwise
 */
export function amountInWords(amount: number): string {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`${amount} is no sum of whole đồng`);
  const words = amount === 0 ? 'không' : below(amount, false).join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} đồng`;
}
