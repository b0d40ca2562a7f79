import { connection } from 'next/server';

/** One heading, rendered for each request. */
export default async function Page() {
  await connection();
  return <h1>Một Cửa</h1>;
}
