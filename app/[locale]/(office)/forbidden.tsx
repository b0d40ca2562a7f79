import { FaultPage, faultMetadata } from '../fault-page.tsx';

export const generateMetadata = () => faultMetadata('forbidden');

export default function Forbidden() {
  return <FaultPage kind="forbidden" />;
}
