import { connection } from 'next/server';

export default async function Page() {
  await connection();
  return <h1>Một Cửa</h1>;
}
