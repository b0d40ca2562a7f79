import { Link } from '#app/_ui/link.tsx';

/** The number of a decision, leading to the signed document where this service issued it. */
export function DecisionLink(props: { number: string; documentId: string | null; links: Record<string, string> }) {
  const { number, documentId, links } = props;
  const href = documentId ? links[documentId] : undefined;
  return href ? <Link href={href}>{number}</Link> : number;
}
