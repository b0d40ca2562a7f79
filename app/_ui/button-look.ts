export type ButtonKind = 'primary' | 'quiet' | 'danger' | 'text';

export interface Look {
  kind?: ButtonKind | undefined;
  small?: boolean | undefined;
  whole?: boolean | undefined;
}

/** Class names of a button's look. */
export const buttonLook = ({ kind = 'primary', small, whole }: Look): string =>
  ['button', kind !== 'primary' && kind, small && 'small', whole && 'whole'].filter(Boolean).join(' ');
