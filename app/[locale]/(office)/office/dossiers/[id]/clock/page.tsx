import { ClockPage } from '#app/_parts/clock-page.tsx';
import { read } from '#app/_server/caller.ts';

export default async function OfficeClock({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await read((api) => api.dossiers.clock({ dossierId: id }));
  return (
    <ClockPage
      clock={found.clock}
      facts={found.facts}
      title={found.title ?? ''}
      back={{ href: `/office/dossiers/${id}`, label: found.code ?? '' }}
    />
  );
}
