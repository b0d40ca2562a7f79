import { AppError, entityTag, errorTable, notModified } from '#server/platform/index.ts';

/**
 * FHIR R4 as JSON (HL7 FHIR R4, 3.1.0.1.7). With the request it answers: tagged by what is in it, and 304 where the caller names
 * that tag.
 */
export function fhirJson(
  resource: object,
  { status = 200, request }: { status?: number; request?: Request } = {},
): Response {
  const body = JSON.stringify(resource);
  const type = { 'content-type': 'application/fhir+json; charset=utf-8', 'cache-control': 'no-cache' };
  if (!request) return new Response(body, { status, headers: type });
  const headers = { ...type, etag: `W/${entityTag(body)}` };
  return notModified(request, headers) ?? new Response(body, { status, headers });
}

type IssueType = 'invalid' | 'not-found' | 'not-supported' | 'exception' | 'throttled';

/** What went wrong, as FHIR says it: one issue, for people to read and with what it is about. */
export function outcome(status: number, code: IssueType, diagnostics: string, expression?: string): Response {
  const issue = { severity: 'error', code, diagnostics, ...(expression ? { expression: [expression] } : {}) };
  return fhirJson({ resourceType: 'OperationOutcome', issue: [issue] }, { status });
}

/** A search parameter that is unknown, repeated or wrong: refused, never passed over (HL7 FHIR R4, 3.1.1.3, strict handling). */
export class WrongParameter extends Error {
  readonly parameter: string;
  constructor(parameter: string, why: string) {
    super(why);
    this.parameter = parameter;
  }
}

/** The answer to what a handler threw; anything unforeseen goes on. */
export function outcomeOf(error: unknown): Response {
  if (error instanceof WrongParameter) return outcome(400, 'invalid', error.message, error.parameter);
  if (!(error instanceof AppError)) throw error;
  const status = errorTable[error.code].http;
  if (error.code === 'notFound') return outcome(404, 'not-found', 'There is no such resource.');
  if (error.code === 'limit') return outcome(status, 'throttled', 'Too many requests: try again later.');
  const field = error.details.fields?.[0];
  return outcome(status === 422 ? 400 : status, 'invalid', `Not right: ${field?.path ?? error.reason}.`, field?.path);
}
