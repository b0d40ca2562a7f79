export type { LicensedPerson } from '#db/schema/facilities.ts';
export { liftSuspension } from './commands/lift-suspension.ts';
export { type RegisteredFacility, registerFacility } from './commands/register-facility.ts';
export { revokeLicence } from './commands/revoke-licence.ts';
export { suspendLicence } from './commands/suspend-licence.ts';
export { countByPlace } from './count-by-place.ts';
export {
  facilitiesHeldBy,
  findFacilityByCode,
  findHeldFacility,
  type HeldFacility,
  heldFacilitiesById,
} from './holders.ts';
export { facilitiesDaily, facilitiesJobs, remindHolders } from './jobs.ts';
export { lastChanges } from './last-changes.ts';
export type { OpenState } from './opening-hours.ts';
export { examinePlacesAgain } from './places/examine-again.ts';
export type { PlaceChoice, PlaceReview } from './places/place-reviews.ts';
export { changedPoints, clusterFacilities, type FacilityPoint, tileVersion } from './points.ts';
export { facilitiesInOrder } from './queries/facilities-in-order.ts';
export type { Alternatives, Droppable } from './queries/find-alternatives.ts';
export { type DocumentLicence, findDocumentLicence } from './queries/find-document-licence.ts';
export {
  type FacilityDetail,
  getFacility,
  getOfficeFacility,
  type HistoryLine,
  type OfficeFacility,
} from './queries/get-facility.ts';
export type { Dot } from './queries/list-dots.ts';
export { listServices, type OfferedService } from './queries/list-services.ts';
export {
  assertRenewable,
  assertSealable,
  assertStillRenewable,
  type HeldLicence,
  licenceToRenew,
  listOwnLicences,
  lockForRenewal,
} from './queries/my-licences.ts';
export { type FacilityList, type FoundFacility, searchFacilities } from './queries/search-facilities.ts';
export { facilitiesRegister } from './register.ts';
export { type FacilityKind, type LicenceStatus, sealHindrance } from './rules.ts';
export { nearestFacilities } from './search.ts';
export type { FacilityView, LicenceView } from './views.ts';
