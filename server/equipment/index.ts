export { planChecks, recordCheck, recordStatus } from './commands/record-on-unit.ts';
export { registerUnit } from './commands/register-unit.ts';
export {
  facilityEquipment,
  type LotHolder,
  noticeHolders,
  reportedTypes,
  type WorkingEquipment,
  workingByPlace,
} from './queries/public-equipment.ts';
export { getUnit, listUnits, type UnitDetail, type UnitList } from './queries/units.ts';
export type { CheckPlan, UnitView } from './unit-views.ts';
