import { samplePdf } from '#server/dossiers/testing/sample-files.ts';
import { testPassword } from '#server/identity/testing.ts';
import errors from '../../../messages/vi/errors.json' with { type: 'json' };
import vi from '../../../messages/vi/fault.json' with { type: 'json' };
import type { Applicant } from './applicants.ts';
import { NoAnswer, Person } from './person.ts';
import type { Service } from './service.ts';

/**
 * Does by hand what people do while the system cannot store anything. Each answer must be right, or 503 with a sentence a
 * person understands. @returns what was answered otherwise
 */
export async function refusals(service: Service, { person, email }: Applicant, dossierId: string): Promise<string[]> {
  const faults: string[] = [];
  const look = (what: string, status: number, text: string) => {
    const isSaid = text.includes(vi.unavailable.title) || text.includes(errors.unavailable);
    if (status >= 500 && (status !== 503 || !isSaid)) faults.push(`${what}: ${status} ${text.slice(0, 200)}`);
  };
  const ask = async (what: string, path: string, init?: RequestInit) => {
    try {
      const { response, text } = await person.send(path, init);
      look(what, response.status, text);
    } catch (error) {
      faults.push(String(error));
    }
  };
  for (const path of ['/', '/procedures', '/my', '/sign-in', `/my/dossiers/${dossierId}`, '/api/v1/facilities'])
    await ask(path, path);
  const form = new FormData();
  form.set('file', new File([samplePdf('while it is full') as Uint8Array<ArrayBuffer>], 'a.pdf'));
  await ask('an upload', `/api/dossiers/${dossierId}/papers/technical-dossier`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: form,
  });
  const stranger = new Person(service.urls, '203.0.112.77');
  await stranger.signIn(email, testPassword).catch((error: Error) => {
    if (error instanceof NoAnswer || !/answered (200|503)$/.test(error.message)) faults.push(error.message);
  });
  return faults;
}
