import type { Reader } from '#db/client.ts';
import { getOrganisation, getPerson, postOf } from '#server/identity/index.ts';
import { env } from '#server/platform/env.ts';
import { getVersion } from '#server/procedures/index.ts';
import type { Dossier } from './records.ts';

/** The names printed on a slip, as they were on the day it was issued: people and authorities may be called otherwise later. */
export interface SlipNames {
  authority: string;
  superior: string | null;
  procedure: string;
  applicant: string;
  /** title and name under the slip; null when the system issued it */
  officer: { title: string; name: string } | null;
  /** address of the page that tracks the dossier */
  track: string;
}

export async function namesOn(
  db: Reader,
  dossier: Dossier,
  officerId: string | null,
  issuedAt: Date,
): Promise<SlipNames> {
  const [authority, version, applicant, officer] = await Promise.all([
    getOrganisation(db, dossier.authorityId!),
    getVersion(db, dossier.procedureVersionId),
    applicantOf(db, dossier),
    officerId ? postOf(db, officerId, issuedAt) : null,
  ]);
  return {
    authority: authority.name,
    superior: authority.superiorName,
    procedure: version.title.vi,
    applicant,
    officer: officer && { title: officer.title, name: officer.name },
    track: `${env().appUrl}/track?code=${encodeURIComponent(dossier.code ?? '')}`,
  };
}

/** The name a dossier is filed under: the business, or the person. */
export async function applicantOf(db: Reader, dossier: Dossier): Promise<string> {
  const { organisationId, applicantUserId } = dossier;
  return organisationId
    ? (await getOrganisation(db, organisationId)).name
    : (await getPerson(db, applicantUserId)).name;
}

/** `UBND thành phố Hà Nội` stands in Hà Nội. */
export const placeOf = (superior: string): string =>
  superior.replace(/^(UBND|Ủy ban nhân dân)\s+(tỉnh|thành phố)\s+/i, '').replace(/^Bộ Y tế$/, 'Hà Nội');
