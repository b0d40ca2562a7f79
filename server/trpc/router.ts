import { devicesRouter } from '#server/devices/router.ts';
import { dossiersRouter } from '#server/dossiers/router.ts';
import { drugsRouter } from '#server/drugs/router.ts';
import { equipmentRouter } from '#server/equipment/router.ts';
import { exchangeRouter } from '#server/exchange/router.ts';
import { facilitiesRouter } from '#server/facilities/router.ts';
import { identityRouter } from '#server/identity/router.ts';
import { mapRouter } from '#server/map/router.ts';
import { nomenclaturesRouter } from '#server/nomenclatures/router.ts';
import { notificationsRouter } from '#server/notifications/router.ts';
import { operationsRouter } from '#server/operations/router.ts';
import { paymentsRouter } from '#server/payments/router.ts';
import { proceduresRouter } from '#server/procedures/router.ts';
import { registersRouter } from '#server/registers/router.ts';
import { signaturesRouter } from '#server/signatures/router.ts';
import { territoryRouter } from '#server/territory/router.ts';
import { wire } from '#server/wiring.ts';
import { createCallerFactory, router } from './init.ts';

wire();

/** The table of contents: one router a module. */
export const appRouter = router({
  devices: devicesRouter,
  dossiers: dossiersRouter,
  drugs: drugsRouter,
  equipment: equipmentRouter,
  exchange: exchangeRouter,
  facilities: facilitiesRouter,
  identity: identityRouter,
  map: mapRouter,
  nomenclatures: nomenclaturesRouter,
  notifications: notificationsRouter,
  operations: operationsRouter,
  payments: paymentsRouter,
  procedures: proceduresRouter,
  registers: registersRouter,
  signatures: signaturesRouter,
  territory: territoryRouter,
});
export type AppRouter = typeof appRouter;

/** Calls the same procedures in process: pages and actions use it. */
export const createCaller = createCallerFactory(appRouter);
