/** The one clock: whatever asks what time it is asks here, or its context, so that a test can say. */
export const now = (): Date => new Date();
