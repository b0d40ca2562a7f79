import { FaultPage, faultMetadata } from '../fault-page.tsx';

export const generateMetadata = () => faultMetadata('notFound');

export default function NotFound() {
  return <FaultPage kind="notFound" />;
}
