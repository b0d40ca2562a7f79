import { describe, expect, test } from 'vitest';
import { canOpenMailbox } from './policy.ts';

describe('the demo mailbox', () => {
  test('opens in a demo without a mail server', () => {
    expect(canOpenMailbox({ demo: true, smtpUrl: undefined })).toEqual({ allowed: true });
  });

  test.each([
    { demo: false, smtpUrl: undefined },
    { demo: true, smtpUrl: 'smtp://mail.example.vn' },
    { demo: false, smtpUrl: 'smtp://mail.example.vn' },
  ])('does not exist with %o, since it shows everybody’s mail', (settings) => {
    expect(canOpenMailbox(settings)).toMatchObject({ allowed: false, hidden: true });
  });
});
