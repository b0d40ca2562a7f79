/** How an upload ended. */
export type Answer =
  | { kind: 'moved'; to: string }
  | { kind: 'refused'; detail: string | undefined }
  | { kind: 'cancelled' }
  | { kind: 'lost' };

/** Posts a form and reports the share sent, 0 to 1: `fetch` cannot say how far it is. */
export function sendWithProgress(
  url: string,
  data: FormData,
  onShare: (share: number) => void,
): { request: XMLHttpRequest; done: Promise<Answer> } {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer>((resolve) => {
    request.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total);
    request.onload = () => resolve(readAnswer(request));
    request.onabort = () => resolve({ kind: 'cancelled' });
    request.onerror = () => resolve({ kind: 'lost' });
  });
  request.open('POST', url);
  request.setRequestHeader('Accept', 'application/json');
  request.send(data);
  return { request, done };
}

function readAnswer(request: XMLHttpRequest): Answer {
  const json = /json/.test(request.getResponseHeader('content-type') ?? '') ? JSON.parse(request.responseText) : null;
  if (request.status >= 200 && request.status < 300) {
    const to: unknown = json?.location;
    return { kind: 'moved', to: typeof to === 'string' ? to : window.location.href };
  }
  const detail: unknown = json?.fields?.[0]?.detail ?? json?.detail;
  return { kind: 'refused', detail: typeof detail === 'string' ? detail : undefined };
}
