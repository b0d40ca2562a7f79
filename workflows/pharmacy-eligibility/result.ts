import { formatDate, type JsonObject } from '#server/procedures/index.ts';
import type { ResultInput } from '../procedure-code.ts';
import { kindName, scopeOf, textAt } from './answers.ts';

/** Values of the placeholders in `templates/certificate.json` and `templates/refusal.json`. */
export function resultData(input: ResultInput): Record<string, unknown> {
  const { answers, authority, dossier, signer } = input;
  return {
    createdAt: input.createdAt,
    authority: {
      name: authority.name,
      // Decree 30/2020: names at the top left stand in capitals
      heading: authority.name.toLocaleUpperCase('vi'),
      superior: (authority.superiorName ?? 'Bộ Y tế').toLocaleUpperCase('vi'),
      documentCode: authority.documentCode ?? 'SYT',
      placeCode: authority.placeCode ?? '',
      place: authority.placeText,
    },
    dossier: { code: dossier.code },
    applicant: {
      name: textAt(answers, 'applicant.name') || input.applicant.name,
      taxCode: textAt(answers, 'applicant.taxCode') || (input.applicant.taxCode ?? ''),
      address: textAt(answers, 'applicant.address') || (input.applicant.address ?? ''),
    },
    facility: {
      name: textAt(answers, 'facility.name'),
      kind: kindName(answers),
      address: addressOf(answers, input.placeName),
      scope: scopeOf(answers).join('; '),
    },
    chief: {
      name: textAt(answers, 'chief.name'),
      certificateNumber: textAt(answers, 'chief.certificate.number'),
      certificateIssuedOn: formatDate(textAt(answers, 'chief.certificate.issuedOn')),
      certificateIssuer: textAt(answers, 'chief.certificate.issuer'),
    },
    validity: input.validTo ? `Đến hết ngày ${formatDate(input.validTo)}` : 'Không quy định thời hạn',
    text: input.text,
    signer: { title: signer.title.join('\n'), name: signer.name },
  };
}

function addressOf(answers: JsonObject, placeName: ResultInput['placeName']): string {
  return [
    textAt(answers, 'facility.address.street'),
    placeName('ward', textAt(answers, 'facility.address.ward')),
    placeName('province', textAt(answers, 'facility.address.province')),
  ]
    .filter((part) => part !== '')
    .join(', ');
}
