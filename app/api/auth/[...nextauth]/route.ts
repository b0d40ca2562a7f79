import { authHandler } from '#server/identity/index.ts';

export { authHandler as GET, authHandler as POST };
