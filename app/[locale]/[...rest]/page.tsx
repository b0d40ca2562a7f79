import { notFound } from 'next/navigation';

/** Every address nothing else answers to. */
export default function NoSuchPage(): never {
  notFound();
}
