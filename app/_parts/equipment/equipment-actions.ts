'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readNumber, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import type { CheckKind, UnitStatus } from '#server/equipment/rules.ts';

const months = (data: FormData, name: string): number | null => {
  const given = readNumber(data, name);
  return given === '' ? null : given;
};

/** Enters a machine and leads to it; `base` is the list the form was opened from. */
export async function addUnit(
  base: string,
  facilityId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const { unitId } = await (await caller()).equipment.register({
      facilityId,
      udi: readText(data, 'udi') || null,
      device: readText(data, 'device') || null,
      serial: readText(data, 'serial') || null,
      lot: readText(data, 'lot') || null,
      expiresOn: readDate(data, 'expiresOn') || null,
      installedOn: readDate(data, 'installedOn'),
      calibrationMonths: months(data, 'calibrationMonths'),
      inspectionMonths: months(data, 'inspectionMonths'),
    });
    await redirectTo(`${base === 'office' ? '/office' : '/my'}/equipment/${unitId}`);
  });
}

export async function recordStatusOf(unitId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const status = readText(data, 'status') as UnitStatus;
    const note = readText(data, 'note');
    await (await caller()).equipment.recordStatus({ unitId, status, since: readDate(data, 'since'), note });
    return (await getTranslations('equipment.record'))('done');
  });
}

export async function recordCheckOf(unitId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).equipment.recordCheck({
      unitId,
      kind: readText(data, 'kind') as CheckKind,
      doneOn: readDate(data, 'doneOn'),
      passed: readText(data, 'passed') === 'yes',
      doneBy: readText(data, 'doneBy'),
      certificate: readText(data, 'certificate') || null,
    });
    return (await getTranslations('equipment.record'))('done');
  });
}

export async function setPlanOf(unitId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const [calibrationMonths, inspectionMonths] = [months(data, 'calibrationMonths'), months(data, 'inspectionMonths')];
    await (await caller()).equipment.planChecks({ unitId, calibrationMonths, inspectionMonths });
    return (await getTranslations('equipment.record'))('done');
  });
}
