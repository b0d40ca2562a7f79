import { TextPage, textPageMetadata } from '../text-page.tsx';

export const generateMetadata = () => textPageMetadata('privacy');

export default function PrivacyPage() {
  return <TextPage name="privacy" />;
}
