import { returnFromProvider } from '#app/_server/provider.ts';
import { seeOther } from '#app/_server/see-other.ts';

/** Where the other identity provider sends the browser back to, with a code to be changed for who it is. */
export async function GET(request: Request): Promise<Response> {
  const { locale, path } = await returnFromProvider(new URL(request.url).searchParams);
  const response = seeOther(locale, path);
  // the code in this address is nobody else's business
  response.headers.set('referrer-policy', 'no-referrer');
  return response;
}
