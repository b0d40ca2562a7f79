import { useTranslations } from 'next-intl';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateText } from '#app/_ui/time-text.tsx';

interface Post {
  id: string;
  title: string;
  unitName: string;
  organisationName: string;
  validFrom: string;
  validTo: string | null;
}

/** The posts somebody holds and held, the newest first. */
export function Posts({ posts }: { posts: Post[] }) {
  const t = useTranslations('administration');
  return (
    <DataTable
      caption={t('official.posts')}
      hideCaption
      empty={<p>{t('official.noPost')}</p>}
      columns={[
        { key: 'title', label: t('fields.post') },
        { key: 'unit', label: t('fields.unit') },
        { key: 'from', label: t('official.from') },
        { key: 'to', label: t('official.to') },
      ]}
      rows={posts.map((post) => ({
        id: post.id,
        cells: {
          title: post.title,
          unit: `${post.unitName}, ${post.organisationName}`,
          from: <DateText value={post.validFrom} />,
          to: post.validTo ? <DateText value={post.validTo} /> : t('official.currentPost'),
        },
      }))}
    />
  );
}
