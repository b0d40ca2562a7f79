import { getTranslations } from 'next-intl/server';
import { MessageThread } from '#app/_parts/message-thread.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs } from '#app/_ui/page-title.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata() {
  return { title: (await getTranslations('correspondence'))('open') };
}

/** The applicant's messages with the authority about one dossier. */
export default async function MyMessages({ params, searchParams }: Props) {
  const [{ id }, search, t, d] = await Promise.all([
    params,
    searchParams,
    getTranslations('correspondence'),
    getTranslations('dossiers.my'),
  ]);
  const base = `/my/dossiers/${id}`;
  return (
    <Page>
      <div className="stack">
        <Breadcrumbs
          items={[{ href: '/my', label: d('title') }, { href: base, label: t('back') }, { label: t('title') }]}
        />
        <MessageThread id={id} base={base} search={search} />
      </div>
    </Page>
  );
}
