import { requestContext } from '#app/_server/context.ts';
import { seeOther } from '#app/_server/see-other.ts';
import { addressOf, sealStatus } from '#server/exchange/index.ts';
import { AppError } from '#server/platform/index.ts';

type Props = { params: Promise<{ locale: string }> };

/** Takes code and secret, and sends to the page that shows the answer: the secret never stands in an address. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale } = await params;
  // whatever else was sent is a form nobody filled in
  const form = await request.formData().catch(() => new FormData());
  const text = (name: string) => String(form.get(name) ?? '').slice(0, 100);
  const code = text('code').trim();
  try {
    const sealed = await sealStatus(await requestContext(), { code, secret: text('secret') }, addressOf(request));
    return seeOther(locale, '/track', { answer: sealed });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther(locale, '/track', { code, error: error.code });
  }
}
