import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { memberships, organisations, sessions } from '#db/schema/identity.ts';
import { dossierAuthoritiesOf, notFound, type Person, query, reader } from '#server/platform/index.ts';
import { getOrganisation, membersOf, type OrganisationView, postOf } from '../directory.ts';
import { Nothing, OrganisationRef } from '../inputs.ts';
import { applicant, canReadBusiness, signedIn } from '../policy.ts';
import { getUser, membershipOf } from '../records.ts';
import { deviceName, isLive } from '../rules.ts';

const person = (actor: { kind: string }): Person => (actor.kind === 'person' ? (actor as Person) : notFound());

/** Who is signed in, as every page shows it; nobody's data for strangers. */
export interface Viewer {
  name: string;
  official: boolean;
  /** the business one acts for; null: for oneself */
  actingFor: { id: string; name: string } | null;
  /** how many businesses one may choose from */
  businesses: number;
  roles: string[];
  /** whether the office's lists of dossiers hold anything for them */
  worksOnDossiers: boolean;
}

/** Who looks at this page; null for strangers, so that public pages can ask too. */
export const viewer = query({
  input: Nothing,
  load: async (db, _input, ctx): Promise<Viewer | null> => {
    const { actor } = ctx;
    if (actor.kind !== 'person') return null;
    const acting = actor.actingFor === null ? null : await getOrganisation(db, actor.actingFor);
    return {
      name: actor.name,
      official: actor.official,
      actingFor: acting && { id: acting.id, name: acting.name },
      businesses: actor.memberships.length,
      roles: [...new Set(actor.grants.map((grant) => grant.role))],
      worksOnDossiers: dossierAuthoritiesOf(actor).length > 0,
    };
  },
  allow: () => ({ allowed: true }),
  view: (_ctx, view) => view,
});

/** One's own facts, with the post of an official. */
export const myProfile = query({
  input: Nothing,
  load: async (_db, _input, ctx) => ctx.actor,
  allow: (actor) => signedIn(actor),
  view: async (ctx, actor) => {
    const { id, name, email, phone, citizenId, locale, official } = await getUser(reader(ctx), person(actor).userId);
    const acting = person(actor).actingFor;
    const business = acting === null ? null : await getOrganisation(reader(ctx), acting);
    const post = official ? await postOf(reader(ctx), id, ctx.now()) : null;
    return {
      id,
      name,
      email,
      phone,
      citizenId,
      locale,
      official,
      actingFor: business && { id: business.id, name: business.name },
      post: post && { title: post.title, unitName: post.unitName },
    };
  },
});

export interface SessionView {
  id: string;
  /** e.g. `Chrome, Windows`; null when the browser does not tell */
  device: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  /** the session that asks */
  current: boolean;
}

/** One's own live sessions, the newest sign of life first. */
export const mySessions = query({
  input: Nothing,
  load: async (db, _input, ctx) => {
    if (ctx.actor.kind !== 'person') return [];
    return db
      .select()
      .from(sessions)
      .where(
        and(eq(sessions.userId, ctx.actor.userId), eq(sessions.awaitsSecondFactor, false), isNull(sessions.revokedAt)),
      )
      .orderBy(desc(sessions.lastSeenAt));
  },
  allow: (actor) => signedIn(actor),
  view: (ctx, rows): SessionView[] => {
    const { sessionId, official } = person(ctx.actor);
    return rows
      .filter((row) => isLive(row, official, ctx.now()))
      .map(({ id, userAgent, createdAt, lastSeenAt }) => ({
        id,
        device: deviceName(userAgent),
        createdAt,
        lastSeenAt,
        current: id === sessionId,
      }));
  },
});

export interface BusinessView extends OrganisationView {
  part: 'owner' | 'representative';
  /** whether one acts for it now */
  acting: boolean;
}

/** The businesses one may act for. */
export const myOrganisations = query({
  input: Nothing,
  load: async (db, _input, ctx) => {
    if (ctx.actor.kind !== 'person') return [];
    return db
      .select({ organisation: organisations, part: memberships.role })
      .from(memberships)
      .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
      .where(eq(memberships.userId, ctx.actor.userId))
      .orderBy(asc(organisations.name));
  },
  allow: (actor) => applicant(actor),
  view: (ctx, rows): BusinessView[] =>
    rows.map(({ organisation: { createdAt: _createdAt, ...view }, part }) => ({
      ...view,
      part,
      acting: view.id === person(ctx.actor).actingFor,
    })),
});

/** One business with those who act for it. */
export const myOrganisation = query({
  input: OrganisationRef,
  load: async (db, input, ctx) => ({
    organisation: await getOrganisation(db, input.organisationId),
    part: await membershipOf(db, ctx.actor.kind === 'person' ? ctx.actor.userId : null, input.organisationId),
  }),
  allow: (actor, { organisation }) => canReadBusiness(actor, organisation.id),
  view: async (ctx, { organisation, part }) => {
    const people = await membersOf(reader(ctx), organisation.id);
    return {
      ...organisation,
      part,
      people: people.map(({ id, name, email, part: theirs }) => ({ id, name, email, part: theirs })),
    };
  },
});
