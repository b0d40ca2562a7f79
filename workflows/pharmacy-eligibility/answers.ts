import { getAt, type JsonObject } from '#server/procedures/index.ts';

/** A text answer; empty when it was not asked. */
export function textAt(answers: JsonObject, path: string): string {
  const value = getAt(answers, path);
  return typeof value === 'string' ? value : '';
}

export function numberAt(answers: JsonObject, path: string): number | null {
  const value = getAt(answers, path);
  return typeof value === 'number' ? value : null;
}

const kindNames: Record<string, string> = {
  pharmacy: 'Nhà thuốc',
  'drug-counter': 'Quầy thuốc',
  'commune-cabinet': 'Tủ thuốc trạm y tế xã',
  'herbal-shop': 'Cơ sở chuyên bán lẻ dược liệu, thuốc dược liệu, thuốc cổ truyền',
};

/** The kind of facility as a certificate names it. */
export function kindName(answers: JsonObject): string {
  return kindNames[textAt(answers, 'facility.kind')] ?? textAt(answers, 'facility.kind');
}

const retail: Record<string, string> = {
  pharmacy: 'Bán lẻ thuốc',
  'drug-counter': 'Bán lẻ thuốc thiết yếu và thuốc không kê đơn',
  'commune-cabinet': 'Bán lẻ thuốc thuộc danh mục thuốc thiết yếu của trạm y tế xã',
  'herbal-shop': 'Bán lẻ dược liệu, thuốc dược liệu, thuốc cổ truyền',
};

const controlled: Record<string, string> = {
  narcotic: 'thuốc gây nghiện',
  psychotropic: 'thuốc hướng thần',
  precursor: 'thuốc tiền chất',
  combination: 'thuốc dạng phối hợp có chứa hoạt chất kiểm soát đặc biệt',
  toxic: 'thuốc độc',
};

/** What the facility may do, in the words of the certificate and the register. */
export function scopeOf(answers: JsonObject): string[] {
  const scope = [retail[textAt(answers, 'facility.kind')] ?? 'Bán lẻ thuốc'];
  if (getAt(answers, 'facility.compounding') === true) scope.push('Pha chế thuốc theo đơn');
  if (getAt(answers, 'facility.vaccines') === true) scope.push('Bán lẻ vắc xin, sinh phẩm');
  if (getAt(answers, 'storage.coldChain') === true) scope.push('Bảo quản thuốc ở nhiệt độ 2–8 °C');
  const kinds = getAt(answers, 'controlled.kinds');
  if (Array.isArray(kinds) && kinds.length > 0) {
    scope.push(`Bán lẻ ${kinds.map((kind) => controlled[String(kind)] ?? String(kind)).join(', ')}`);
  }
  return scope;
}
