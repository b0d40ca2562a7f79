#!/usr/bin/env node
// Checks an exported dossier bundle without the server: node verify-bundle.mjs bundle.zip [--key fingerprint] [--head head.json]
// One file, plain Node 20 or newer, nothing to install. Exit code 0: everything holds; 1: something does not; 2: it could not be read.
import { createHash, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const wrong = [];
const right = [];
const said = new Set();
const fault = (text) => !said.has(text) && said.add(text) && wrong.push(text);

function crcTable() {
  return Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
}
const table = crcTable();
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The one way a bundle is packed; a file that is packed in any other way was changed. */
function pack(entries) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const path = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(0x0021, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, path]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, path]));
    parts.push(local, bytes);
    offset += local.length + bytes.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** The entries by their local headers, up to the directory. */
function unpack(zip) {
  const entries = [];
  let at = 0;
  while (at + 30 <= zip.length && zip.readUInt32LE(at) === 0x04034b50) {
    const size = zip.readUInt32LE(at + 18);
    const nameLength = zip.readUInt16LE(at + 26);
    const from = at + 30 + nameLength + zip.readUInt16LE(at + 28);
    entries.push({ name: zip.toString('utf8', at + 30, at + 30 + nameLength), bytes: zip.subarray(from, from + size) });
    at = from + size;
  }
  return entries;
}

/** Header, payload and key of a compact JWS whose signature holds; null otherwise. Its text must be the only way to write it. */
function openJws(text) {
  try {
    const parts = text.split('.');
    const decoded = parts.map((part) => Buffer.from(part, 'base64url'));
    if (parts.length !== 3 || decoded.some((bytes, i) => bytes.toString('base64url') !== parts[i])) return null;
    const { alg, x5c } = JSON.parse(decoded[0].toString('utf8'));
    const chain = x5c.map((each) => new X509Certificate(Buffer.from(each, 'base64')));
    if (alg !== 'ES256' || chain.some((each, i) => i + 1 < chain.length && !each.verify(chain[i + 1].publicKey))) return null;
    const key = { key: chain[0].publicKey, dsaEncoding: 'ieee-p1363' };
    if (!verify('sha256', Buffer.from(`${parts[0]}.${parts[1]}`), key, decoded[2])) return null;
    return { payload: decoded[1], fingerprint: sha256(chain[0].raw) };
  } catch {
    return null;
  }
}

const leafHash = (content) => sha256(new Uint8Array([0]), content);
const nodeHash = (left, rightSide) => sha256(new Uint8Array([1]), Buffer.from(left, 'hex'), Buffer.from(rightSide, 'hex'));

/** RFC 6962: the root that a leaf and the hashes beside its way lead to. */
function rootFrom(leaf, index, count, path) {
  if (count === 1) return path.length === 0 && index === 0 ? leaf : null;
  if (path.length === 0 || index >= count) return null;
  const k = 2 ** Math.floor(Math.log2(count - 1));
  const rest = path.slice(0, -1);
  const inside = index < k ? rootFrom(leaf, index, k, rest) : rootFrom(leaf, index - k, count - k, rest);
  if (inside === null) return null;
  return index < k ? nodeHash(inside, path.at(-1)) : nodeHash(path.at(-1), inside);
}

/** Every file of the manifest is there as it was, and nothing else is. */
function checkFiles(files, manifest) {
  const listed = new Set(['manifest.json', 'manifest.jws']);
  for (const { path, size, sha256: digest } of manifest.files) {
    listed.add(path);
    const bytes = files.get(path);
    if (!bytes) fault(`The file ${path} is missing.`);
    else if (bytes.length !== size || sha256(bytes) !== digest) fault(`The file ${path} was changed.`);
  }
  for (const path of files.keys()) if (!listed.has(path)) fault(`The file ${path} does not belong to the bundle.`);
  if (wrong.length === 0) right.push(`All ${manifest.files.length} files are as they were exported.`);
}

/** Every line of the log is covered by a signed head; heads of one bundle come from one key. */
function checkLog(files, fingerprint) {
  const { lines, notYetPublished } = JSON.parse(files.get('log/entries.json').toString('utf8'));
  const heads = new Map();
  for (const [path, bytes] of files) {
    if (!path.startsWith('log/heads/')) continue;
    const head = JSON.parse(bytes.toString('utf8'));
    const opened = openJws(head.jws);
    const statement = opened && JSON.parse(opened.payload.toString('utf8'));
    if (!opened || opened.fingerprint !== fingerprint || JSON.stringify(statement) !== JSON.stringify(head.statement)) {
      fault(`The head of the log in ${path} is not signed by the system's key.`);
    } else heads.set(statement.ordinal, { ...statement, jws: head.jws });
  }
  for (const { entry, opened, proof } of lines) {
    const head = heads.get(proof.head);
    const leaf = leafHash(JSON.stringify(entry));
    const inRange = head && entry.id === head.firstRow + proof.index && proof.count === head.lastRow - head.firstRow + 1;
    if (!inRange || rootFrom(leaf, proof.index, proof.count, proof.path) !== head.treeRoot) {
      fault(`Line ${entry.id} of the log (${entry.action}) is not covered by a published head.`);
    }
    for (const [field, digest] of [['actor', entry.actorDigest], ['details', entry.detailsDigest]]) {
      const open = opened[field];
      if (open && sha256(open.salt, open.value) !== digest) fault(`What line ${entry.id} says in "${field}" was changed.`);
    }
  }
  right.push(`${lines.length} lines of the log are covered by ${heads.size} signed head(s).`);
  if (notYetPublished > 0) right.push(`${notYetPublished} line(s) are newer than the last head and are not in the bundle; export again tomorrow.`);
  return { lines, heads };
}

/** A signed decision is the one whose digest the log holds. */
function checkDecisions(files, lines) {
  const signed = new Set(
    lines.flatMap(({ opened }) => (opened.details ? [JSON.parse(opened.details.value).after].filter(Boolean) : [])),
  );
  for (const [path, bytes] of files) {
    if (!path.startsWith('decisions/')) continue;
    if (signed.has(sha256(bytes))) right.push(`${path} is byte for byte what the log says was signed and issued.`);
    else right.push(`${path}: the log of this bundle does not reach its signature yet; check the file at /verify.`);
  }
}

function checkPublished(text, heads, fingerprint) {
  const published = JSON.parse(text);
  const opened = openJws(published.jws);
  if (!opened) return fault('The published head is not signed as it should be.');
  if (opened.fingerprint !== fingerprint) return fault('The published head was signed with another key than the bundle.');
  const { ordinal } = JSON.parse(opened.payload.toString('utf8'));
  const own = heads.get(ordinal);
  if (!own) return right.push(`Head ${ordinal} is genuine, but no line of this bundle stands under it.`);
  if (own.jws !== published.jws) return fault(`Head ${ordinal} in the bundle is not the one that was published.`);
  right.push(`Head ${ordinal} is the one that was published.`);
}

function option(name) {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

function check(zip, expectedKey, publishedHead) {
  const entries = unpack(zip);
  if (!pack(entries).equals(zip)) fault('The archive is not packed as it was exported: bytes were changed, added or removed.');
  const files = new Map(entries.map(({ name, bytes }) => [name, bytes]));
  const manifestBytes = files.get('manifest.json');
  const signature = files.get('manifest.jws');
  if (!manifestBytes || !signature) return fault('The manifest or its signature is missing: this is not a whole bundle.');
  const opened = openJws(signature.toString('utf8'));
  if (!opened) return fault("The manifest's signature does not hold.");
  if (!opened.payload.equals(manifestBytes)) return fault('The manifest is not the one that was signed.');
  const manifest = JSON.parse(manifestBytes.toString('utf8'));
  right.push(`The manifest of dossier ${manifest.code} was signed by ${manifest.issuer} on ${manifest.exportedAt}.`);
  if (expectedKey && expectedKey.toLowerCase() !== opened.fingerprint) fault('The bundle was signed with another key than the one you named.');
  checkFiles(files, manifest);
  const { lines, heads } = checkLog(files, opened.fingerprint);
  checkDecisions(files, lines);
  if (publishedHead) checkPublished(publishedHead, heads, opened.fingerprint);
  if (!expectedKey && !publishedHead) {
    right.push(`Compare the key's fingerprint with the one published at ${manifest.issuer}/audit: ${opened.fingerprint}`);
  }
}

const [file] = process.argv.slice(2);
if (!file || file.startsWith('--')) {
  console.error('node verify-bundle.mjs bundle.zip [--key fingerprint] [--head head.json]');
  process.exit(2);
}
try {
  const head = option('--head');
  check(readFileSync(file), option('--key'), head && readFileSync(head, 'utf8'));
} catch (error) {
  fault(`The bundle cannot be read: ${error.message}`);
}
for (const text of right) console.log(`  ok     ${text}`);
for (const text of wrong) console.log(`  WRONG  ${text}`);
console.log(wrong.length === 0 ? 'The bundle is genuine and whole.' : 'DO NOT TRUST THIS BUNDLE: it was changed or is not whole.');
process.exit(wrong.length === 0 ? 0 : 1);
