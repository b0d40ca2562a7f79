import { getTranslations } from 'next-intl/server';
import { MessageThread } from '#app/_parts/message-thread.tsx';
import { Breadcrumbs } from '#app/_ui/page-title.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata() {
  return { title: (await getTranslations('correspondence'))('openOffice') };
}

/** The authority's messages with the applicant about one dossier. */
export default async function OfficeMessages({ params, searchParams }: Props) {
  const [{ id }, search, t, queue] = await Promise.all([
    params,
    searchParams,
    getTranslations('correspondence'),
    getTranslations('queue'),
  ]);
  const base = `/office/dossiers/${id}`;
  return (
    <div className="stack">
      <Breadcrumbs
        items={[
          { href: '/office', label: queue('scopes.mine') },
          { href: base, label: t('back') },
          { label: t('title') },
        ]}
      />
      <MessageThread id={id} base={base} search={search} />
    </div>
  );
}
