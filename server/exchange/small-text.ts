/** Characters of a small body. */
export const mostCharacters = 16 * 1024;

/** The body of a request that is small by its kind, read no further than it may be long. @throws `tooLong` */
export async function smallText(request: Request, tooLong: () => Error): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > mostCharacters) throw tooLong();
  }
  return text;
}
