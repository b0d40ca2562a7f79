import { ClockPage, titleOfClock } from '#app/_parts/clock-page.tsx';
import { dossierClock } from '#app/_server/dossiers.ts';

export const generateMetadata = titleOfClock;

export default async function OfficeClock({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await dossierClock(id);
  return (
    <ClockPage
      clock={found.clock}
      facts={found.facts}
      title={found.title ?? ''}
      back={{ href: `/office/dossiers/${id}`, label: found.code ?? '' }}
    />
  );
}
