import { ClockPage } from '#app/_parts/clock-page.tsx';
import { read } from '#app/_server/caller.ts';
import { Page } from '#app/_ui/frame.tsx';

export default async function MyClock({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await read((api) => api.dossiers.clock({ dossierId: id }));
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
