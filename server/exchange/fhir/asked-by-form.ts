import { readText } from '#server/platform/read-text.ts';
import { WrongParameter } from './outcome.ts';

const formType = 'application/x-www-form-urlencoded';
const mostBytes = 16 * 1024;

/**
 * The parameters of a search by `POST <type>/_search` (HL7 FHIR R4, 3.1.1.1): those of the address and those of the form in its body,
 * which no log on the way writes down. @throws WrongParameter when the body is no form, or too long for one
 */
export async function askedByForm(request: Request): Promise<URLSearchParams> {
  const params = new URL(request.url).searchParams;
  const text = await readText(request, mostBytes, tooLong);
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (text !== '' && type !== formType) throw new WrongParameter('Content-Type', `A search is sent as ${formType}.`);
  for (const [name, value] of new URLSearchParams(text)) params.append(name, value);
  return params;
}

const tooLong = () => new WrongParameter('_search', `A search has at most ${mostBytes} bytes.`);
