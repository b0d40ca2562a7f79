import postgres from 'postgres';

/** The two roles of a database: one owns it, the other serves the application and owns nothing. */
export const ownerRole = 'mot_cua_owner';
export const appRole = 'mot_cua_app';

export interface RolePasswords {
  owner: string;
  app: string;
}

/** Address of a database of this role on loopback. */
export function localUrl(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** Makes both roles, or sets their passwords anew. Names and passwords are our own: letters, digits and `_-` alone. */
export async function ensureRoles(superuserUrl: string, passwords: RolePasswords): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    const present = await sql<{ rolname: string }[]>`select rolname from pg_roles`;
    for (const [role, password] of [
      [ownerRole, passwords.owner],
      [appRole, passwords.app],
    ] as const) {
      const verb = present.some((row) => row.rolname === role) ? 'alter' : 'create';
      await sql.unsafe(`${verb} role ${role} login nosuperuser nocreatedb nocreaterole password '${password}'`);
    }
  } finally {
    await sql.end();
  }
}

/** Makes an empty database of the owner's when there is none of that name, or a copy of `template`. */
export async function ensureDatabase(superuserUrl: string, name: string, template = 'template0'): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    const present = await sql`select 1 from pg_database where datname = ${name}`;
    if (present.length === 0) await sql`create database ${sql(name)} owner ${sql(ownerRole)} template ${sql(template)}`;
  } finally {
    await sql.end();
  }
}
