import { enqueue, type TxContext } from '#server/platform/index.ts';
import type { UserRow } from './records.ts';
import { localised } from './rules.ts';

type MailKind =
  | 'confirm-email'
  | 'already-registered'
  | 'reset-password'
  | 'official-invited'
  | 'second-factor-added'
  | 'second-factor-reset'
  | 'passkey-added'
  | 'identity-linked'
  | 'backup-code-used';

/**
 * Leaves a mail for the notifications module, which renders and delivers it: a job of the open transaction.
 * @param about what the mail is about, so that the same one never goes out twice
 */
export async function sendMail(
  ctx: TxContext,
  user: Pick<UserRow, 'email' | 'name' | 'locale'>,
  kind: MailKind,
  about: string,
  path: string,
  data: Record<string, string | number> = {},
): Promise<void> {
  const dedupeKey = `${kind}:${about}`;
  await enqueue(
    ctx,
    'mail.send',
    {
      dedupeKey,
      to: user.email,
      locale: user.locale,
      kind,
      data: { name: user.name, ...data },
      link: localised(user.locale, path),
    },
    { jobKey: dedupeKey },
  );
}
