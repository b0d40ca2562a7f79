/** Bytes of the largest file that is verified: a certificate with its drawings is below 5 MB. */
export const maxVerifiedBytes = 25 * 1024 * 1024;
