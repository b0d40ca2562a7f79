import { onCalendarSaved } from './calendar/index.ts';
import { devicesRegister, noticesRegister } from './devices/index.ts';
import {
  canReadDossierFile,
  followCalendar,
  followPayments,
  followProcesses,
  registerDossierEffects,
  tellOfQuarantine,
} from './dossiers/index.ts';
import { drugsRegister, recallsRegister } from './drugs/index.ts';
import { announceChanges } from './exchange/index.ts';
import { facilitiesRegister } from './facilities/index.ts';
import { canReadReceipt } from './payments/index.ts';
import { registerFileReader } from './platform/file-access.ts';
import { onQuarantine } from './platform/scan-files.ts';
import { canReadExport, onEntriesChanged, openRegisters } from './registers/index.ts';
import { mayReadDocumentFile } from './signatures/index.ts';

/**
 * Who reacts to what. Modules below never import modules above: those that follow what happens in the workflow
 * register themselves here, once in every process, before the first step runs.
 */
let wired = false;

export function wire(): void {
  if (wired) return;
  wired = true;
  openRegisters(facilitiesRegister, drugsRegister, recallsRegister, devicesRegister, noticesRegister);
  registerDossierEffects();
  followProcesses();
  followPayments();
  onCalendarSaved(followCalendar);
  onEntriesChanged(announceChanges);
  onQuarantine(tellOfQuarantine);
  registerFileReader('dossiers', canReadDossierFile);
  registerFileReader('payments', canReadReceipt);
  registerFileReader('documents', mayReadDocumentFile);
  registerFileReader('exports', canReadExport);
}
