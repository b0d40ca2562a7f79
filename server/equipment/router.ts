import { limited, procedure, router, shape } from '#server/trpc/init.ts';
import { planChecks, recordCheck, recordStatus } from './commands/record-on-unit.ts';
import { registerUnit } from './commands/register-unit.ts';
import {
  FacilityOnly,
  ListUnits,
  NoticeOnly,
  PlanChecks,
  RecordCheck,
  RecordStatus,
  RegisterUnit,
  UnitRef,
} from './inputs.ts';
import { facilityEquipment, noticeHolders } from './queries/public-equipment.ts';
import { getUnit, listUnits, unitForm } from './queries/units.ts';

export const equipmentRouter = router({
  units: procedure.input(shape(ListUnits)).query(({ ctx, input }) => listUnits(ctx, input)),
  unit: procedure.input(shape(UnitRef)).query(({ ctx, input }) => getUnit(ctx, input)),
  form: procedure.input(shape(FacilityOnly)).query(({ ctx, input }) => unitForm(ctx, input)),
  ofFacility: procedure.input(shape(FacilityOnly)).query(({ ctx, input }) => facilityEquipment(ctx, input)),
  holders: procedure.input(shape(NoticeOnly)).query(({ ctx, input }) => noticeHolders(ctx, input)),
  register: limited('equipment-register', 500)
    .input(shape(RegisterUnit))
    .mutation(({ ctx, input }) => registerUnit(ctx, input)),
  recordStatus: procedure.input(shape(RecordStatus)).mutation(({ ctx, input }) => recordStatus(ctx, input)),
  recordCheck: procedure.input(shape(RecordCheck)).mutation(({ ctx, input }) => recordCheck(ctx, input)),
  planChecks: procedure.input(shape(PlanChecks)).mutation(({ ctx, input }) => planChecks(ctx, input)),
});
