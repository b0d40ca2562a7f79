import { requestContext } from '#app/_server/context.ts';
import { seeOther } from '#app/_server/see-other.ts';
import { problem } from '#app/_ui/problem.ts';
import { localePath } from '#i18n/locale-path.ts';
import { addressOf, readUpload, reasonOf, sealVerification } from '#server/exchange/index.ts';
import { maxVerifiedBytes } from '#server/exchange/rules.ts';
import { AppError } from '#server/platform/index.ts';

type Props = { params: Promise<{ locale: string }> };

/** Takes a PDF, stores nothing, and sends to the page with the verdict; a script that shows progress gets its address. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale } = await params;
  const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false;
  try {
    const file = await readUpload(request, maxVerifiedBytes);
    const sealed = await sealVerification(await requestContext(), file, addressOf(request));
    if (!wantsJson) return seeOther(locale, '/verify/result', { verdict: sealed });
    const location = localePath(locale, `/verify/result?${new URLSearchParams({ verdict: sealed })}`);
    return Response.json({ location }, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return wantsJson ? problem(error, request) : seeOther(locale, '/verify', { error: reasonOf(error) });
  }
}
