import { type Authority, createAuthority } from '../authority/create-authority.ts';
import { fieldNames } from '../layout/document-layout.ts';
import { fillTemplate } from '../layout/fill-template.ts';
import { renderDocument } from '../render/render-document.ts';
import { fillFields } from '../signing/fill-fields.ts';
import { locks } from '../signing/locks.ts';
import { signField } from '../signing/sign-field.ts';
import { type Signer, softwareSigner } from '../signing/signer.ts';
import { certificateData, certificateTemplate } from './sample-layout.ts';

export const signedAt = new Date('2026-11-23T14:05:00+07:00');
export const people = {
  head: { name: 'Nguyễn Văn Dũng', organisation: 'Sở Y tế tỉnh Nghệ An', title: 'Trưởng phòng Nghiệp vụ Dược' },
  leader: { name: 'Trần Quốc Khánh', organisation: 'Sở Y tế tỉnh Nghệ An', title: 'Phó Giám đốc' },
  seal: { name: 'Sở Y tế tỉnh Nghệ An', organisation: 'Sở Y tế tỉnh Nghệ An' },
};

export interface SampleKeys {
  authority: Authority;
  head: Signer;
  leader: Signer;
  seal: Signer;
}

/** A demonstration authority with the three keys a certificate needs; the leader signs with P-256, the others with RSA. */
export async function sampleKeys(): Promise<SampleKeys> {
  const authority = await createAuthority('Cơ quan chứng thực thử nghiệm', new Date('2026-01-01T00:00:00Z'));
  const validFrom = new Date('2026-01-01T00:00:00Z');
  const validTo = new Date('2031-01-01T00:00:00Z');
  const make = async (subject: (typeof people)[keyof typeof people], kind: 'rsa-2048' | 'p-256') => {
    const { pkcs8, chain } = await authority.issue({ subject, kind, validFrom, validTo });
    return softwareSigner(pkcs8, chain);
  };
  return {
    authority,
    head: await make(people.head, 'rsa-2048'),
    leader: await make(people.leader, 'p-256'),
    seal: await make(people.seal, 'rsa-2048'),
  };
}

/** Every revision of a certificate, in the order the law gives: drawn, initialled, signed, numbered, sealed. */
export async function signedRevisions(
  keys: SampleKeys,
  data: Record<string, unknown> = certificateData,
): Promise<Uint8Array[]> {
  const base = await renderDocument(fillTemplate(certificateTemplate, data));
  const initialled = await signField(base, keys.head, {
    field: fieldNames.initial,
    name: people.head.name,
    reason: 'Kiểm tra nội dung',
    location: 'Nghệ An',
    at: signedAt,
    appearance: { kind: 'initial', name: people.head.name },
    lock: locks.initial,
  });
  const signed = await signField(initialled, keys.leader, {
    field: fieldNames.leader,
    name: people.leader.name,
    reason: 'Phê duyệt và ký',
    location: 'Nghệ An',
    at: new Date(signedAt.getTime() + 60_000),
    appearance: { kind: 'handwritten', name: people.leader.name },
    lock: locks.leader,
  });
  const numbered = await fillFields(signed, {
    [fieldNames.number]: '05',
    [fieldNames.day]: '23',
    [fieldNames.month]: '11',
    [fieldNames.year]: '2026',
  });
  const sealed = await signField(numbered, keys.seal, {
    field: fieldNames.seal,
    name: people.seal.name,
    reason: 'Phát hành',
    location: 'Nghệ An',
    at: new Date(signedAt.getTime() + 120_000),
    appearance: {
      kind: 'seal',
      organisation: people.seal.name,
      place: 'Tỉnh Nghệ An',
      at: new Date(signedAt.getTime() + 120_000),
    },
    lock: locks.seal,
  });
  return [base, initialled, signed, numbered, sealed];
}
