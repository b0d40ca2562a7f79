import { BackupError } from '#db/backup/container.ts';
import { SettingError } from '#server/platform/env.ts';

/** A reason to stop that is told in one sentence, without a stack. */
export class StopError extends Error {
  override readonly name = 'StopError';
}

/** What is said goes on when the file it is kept in finds no more room: what is done matters more than what is told. */
for (const stream of [process.stdout, process.stderr])
  if (stream.listenerCount('error') === 0) stream.on('error', () => {});

/** Tells what is being done. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function isPlain(error: Error): boolean {
  return (
    error instanceof StopError ||
    error instanceof SettingError ||
    error instanceof BackupError ||
    error.constructor === Error
  );
}

/** Tells what went wrong: a sentence where we know it, a stack where the fault is ours. */
export function tell(error: unknown): void {
  if (!(error instanceof Error)) process.stderr.write(`${String(error)}\n`);
  else if ('code' in error && error.code === 'ENOSPC')
    process.stderr.write(`There is no room left on the disk: free some and start again (${error.message}).\n`);
  else process.stderr.write(`${isPlain(error) ? error.message : error.stack}\n`);
}

/** Runs a script to its end; a failure is told and ends the process with 1. */
export async function main(script: () => Promise<number | undefined>): Promise<never> {
  try {
    process.exit((await script()) ?? 0);
  } catch (error) {
    tell(error);
    process.exit(1);
  }
}
