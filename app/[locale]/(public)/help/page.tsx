import { TextPage, textPageMetadata } from '../text-page.tsx';

export const generateMetadata = () => textPageMetadata('help');

export default function HelpPage() {
  return <TextPage name="help" />;
}
