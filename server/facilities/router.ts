import { z } from 'zod';
import { limited, procedure, router, shape } from '#server/trpc/init.ts';
import { liftSuspension } from './commands/lift-suspension.ts';
import { proposePlace } from './commands/propose-place.ts';
import { revokeLicence } from './commands/revoke-licence.ts';
import { suspendLicence } from './commands/suspend-licence.ts';
import {
  DocumentRef,
  FacilityRef,
  LiftSuspension,
  ListPlaces,
  ProposePlace,
  RevokeLicence,
  SearchFacilities,
  SuspendLicence,
} from './inputs.ts';
import { getPlaceReview, listPlaceReviews } from './places/place-reviews.ts';
import { findAlternatives } from './queries/find-alternatives.ts';
import { findDocumentLicence } from './queries/find-document-licence.ts';
import { getFacility, getOfficeFacility } from './queries/get-facility.ts';
import { listDots } from './queries/list-dots.ts';
import { listOwnLicences } from './queries/my-licences.ts';
import { searchFacilities } from './queries/search-facilities.ts';

export const facilitiesRouter = router({
  search: procedure.input(shape(SearchFacilities)).query(({ ctx, input }) => searchFacilities(ctx, input)),
  alternatives: procedure.input(shape(SearchFacilities)).query(({ ctx, input }) => findAlternatives(ctx, input)),
  dots: procedure.input(shape(SearchFacilities)).query(({ ctx, input }) => listDots(ctx, input)),
  get: procedure.input(shape(FacilityRef)).query(({ ctx, input }) => getFacility(ctx, input)),
  getForOffice: procedure.input(shape(FacilityRef)).query(({ ctx, input }) => getOfficeFacility(ctx, input)),
  ofDocument: procedure.input(shape(DocumentRef)).query(({ ctx, input }) => findDocumentLicence(ctx, input)),
  mine: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => listOwnLicences(ctx, input)),
  places: procedure.input(shape(ListPlaces)).query(({ ctx, input }) => listPlaceReviews(ctx, input)),
  place: procedure.input(shape(FacilityRef)).query(({ ctx, input }) => getPlaceReview(ctx, input)),
  proposePlace: limited('register-propose', 200)
    .input(shape(ProposePlace))
    .mutation(({ ctx, input }) => proposePlace(ctx, input)),
  suspendLicence: procedure.input(shape(SuspendLicence)).mutation(({ ctx, input }) => suspendLicence(ctx, input)),
  liftSuspension: procedure.input(shape(LiftSuspension)).mutation(({ ctx, input }) => liftSuspension(ctx, input)),
  revokeLicence: procedure.input(shape(RevokeLicence)).mutation(({ ctx, input }) => revokeLicence(ctx, input)),
});
