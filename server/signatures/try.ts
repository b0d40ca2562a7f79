import { writeFileSync } from 'node:fs';
import { sampleKeys, signedRevisions } from './testing/signed-sample.ts';

const keys = await sampleKeys();
const revs = await signedRevisions(keys);
revs.forEach((r, i) => writeFileSync(`/tmp/rev${i}.pdf`, r));
writeFileSync('/tmp/root.der', keys.authority.root);
writeFileSync('/tmp/issuing.der', keys.seal.chain[1]!);
