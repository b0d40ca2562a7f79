import { TextPage, textPageMetadata } from '../text-page.tsx';

export const generateMetadata = () => textPageMetadata('accessibility');

export default function AccessibilityPage() {
  return <TextPage name="accessibility" />;
}
