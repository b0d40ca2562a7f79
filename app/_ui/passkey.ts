/** The browser's side of passkeys (WebAuthn level 3: options and answers as JSON). Only for client components. */

type Options = Parameters<typeof PublicKeyCredential.parseRequestOptionsFromJSON>[0];
type CreationOptions = Parameters<typeof PublicKeyCredential.parseCreationOptionsFromJSON>[0];

/** Whether this browser can do it: a secure page, and the functions that speak JSON. */
export const passkeysWork = (): boolean =>
  window.isSecureContext &&
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function' &&
  typeof PublicKeyCredential.prototype.toJSON === 'function';

/** Asks for a passkey: its answer as JSON; null when the person would not or could not. */
export const askBrowser = (options: unknown): Promise<string | null> =>
  jsonOf(() =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as Options) }),
  );

/** Makes a new passkey: what the server is told of it, as JSON; null when the person would not or could not. */
export const makeInBrowser = (options: unknown): Promise<string | null> =>
  jsonOf(() =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as CreationOptions),
    }),
  );

async function jsonOf(work: () => Promise<Credential | null>): Promise<string | null> {
  try {
    const credential = await work();
    return credential instanceof PublicKeyCredential ? JSON.stringify(credential.toJSON()) : null;
  } catch {
    // closed, refused, timed out: browsers tell these apart for nobody
    return null;
  }
}
