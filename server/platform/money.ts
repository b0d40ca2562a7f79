/** Whole đồng as people read it in both languages: `1.000.000 ₫`, on one line. */
export const dongText = (amount: number | bigint): string => `${amount.toLocaleString('vi-VN')}\u00a0₫`;
