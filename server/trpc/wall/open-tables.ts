/**
 * Tables without row-level security, and why. Every other table must be protected with FORCE: see
 * docs/decisions/0007-row-level-security.md for how to protect one.
 */
export const openTables: Record<string, string> = {
  backup_codes: 'digests of codes, asked for while signing in',
  calendar_years: 'working days and holidays are public',
  demo_bank_transfers: 'the ledger of the bank that a demo plays',
  facilities: 'public register',
  facility_changes: 'public history of the register',
  facility_licences: 'public register',
  facility_tile_versions: 'when public entries last changed on the map',
  identity_links: 'read by issuer and subject while signing in',
  passkey_challenges: 'digests of random numbers, made and used while signing in',
  passkeys: 'public keys, read while signing in',
  payment_accounts: 'where an authority collects its fees: printed on every demand',
  posts: 'titles of officials stand under every signature',
  procedure_versions: 'published law of a procedure',
  procedures: 'public catalogue',
  process_commands: 'ids of commands that were carried out, written before their process is; nothing personal',
  process_definitions: 'published diagrams',
  rate_limits: 'counters of attempts; read and written before anybody is known',
  sequence_counters: 'counters of numbers; nothing personal',
  sessions: 'read by the digest of a random id before anybody is known; nothing can be listed without it',
  settings: 'facts of the deployment',
  territory_successions: 'what became of provinces and wards is public',
  territory_units: 'provinces and wards are public',
  tile_versions: 'how often public layers of the map changed',
  totp_factors: 'encrypted under AUTH_SECRET, read while signing in',
  trust_anchors: 'roots by which anybody may check a signature',
  units: 'the tree of an authority is public',
  user_tokens: 'read by the digest of a one-time link before anybody is known',
  users: 'read by e-mail at sign-in before anybody is known; names of officials stand in every timeline',
};
