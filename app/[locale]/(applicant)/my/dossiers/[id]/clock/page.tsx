import { ClockPage, titleOfClock } from '#app/_parts/clock-page.tsx';
import { dossierClock } from '#app/_server/dossiers.ts';
import { Page } from '#app/_ui/frame.tsx';

export const generateMetadata = titleOfClock;

export default async function MyClock({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await dossierClock(id);
  return (
    <Page>
      <ClockPage
        clock={found.clock}
        facts={found.facts}
        title={found.title ?? ''}
        back={{ href: `/my/dossiers/${id}`, label: found.code ?? '' }}
      />
    </Page>
  );
}
