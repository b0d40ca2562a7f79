export { BackupError } from './container.ts';
export { type BackupMade, makeBackup } from './make.ts';
export { checkBackup, restoreBackup, restoreFiles } from './restore.ts';
