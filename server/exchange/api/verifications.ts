import { env } from '#server/platform/env.ts';
import { type ApiHandler, addressOf } from '../api-route.ts';
import { readUpload } from '../read-upload.ts';
import { maxVerifiedBytes } from '../rules.ts';
import { verifyPdfFile } from '../verify-upload.ts';

/** `POST /api/v1/verifications`: a PDF as the field `file` or as the body; answers the verdict. Nothing is stored. */
export const verifyFile: ApiHandler = async (ctx, request) => {
  const upload = await readUpload(request, maxVerifiedBytes);
  const { document, ...verification } = await verifyPdfFile(ctx, upload, addressOf(request));
  const body = {
    ...verification,
    document: document && {
      kind: document.kind,
      title: document.title,
      number: document.number,
      issuedBy: document.issuedBy,
      issuedOn: document.issuedOn,
      verifyCode: document.verifyCode,
      url: `${env().appUrl}/verify/${document.verifyCode}`,
    },
  };
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
};
