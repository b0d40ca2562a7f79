// The identity provider of a journey, in a process of its own: node e2e/provider-process.ts <port>
import { testProvider } from '#server/identity/testing/provider.ts';

const { issuer } = await testProvider(Number(process.argv[2]));
process.once('disconnect', () => process.exit());
process.send?.(issuer);
