import { getLocale, getTranslations } from 'next-intl/server';
import { StoredFileCard } from '#app/_parts/stored-file.tsx';
import { read } from '#app/_server/caller.ts';
import { uploadError } from '#app/_server/upload-error.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Button, LinkButton } from '#app/_ui/button.tsx';
import { DocumentCard } from '#app/_ui/cards.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextField } from '#app/_ui/field.tsx';
import { FileField } from '#app/_ui/file-field.tsx';
import { formatBytes, formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { PostForm } from '#app/_ui/post-form.tsx';
import { EmptyState, Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { Locale } from '#i18n/routing.ts';
import type { VaultView } from '#server/dossiers/index.ts';
import { editPaper, removePaper } from './actions.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations('vault'))('title') };
}

/** The papers a person or their businesses keep to hand in again, and what was issued to them. */
export default async function MyPapers({ searchParams }: Props) {
  const [t, d, locale, search] = await Promise.all([
    getTranslations('vault'),
    getTranslations('dossiers'),
    getLocale() as Promise<Locale>,
    searchParams,
  ]);
  const [vault, businesses, error] = await Promise.all([
    read((api) => api.dossiers.vault({})),
    read((api) => api.identity.myOrganisations({})),
    uploadError(search),
  ]);
  return (
    <Page>
      <div className="stack">
        <Breadcrumbs items={[{ href: '/my', label: d('my.title') }, { label: t('title') }]} />
        <PageTitle title={t('title')} below={t('intro')} />
        {vault.papers.length === 0 && <EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>}
        {vault.papers.map((paper) => (
          <VaultPaperCard
            key={paper.id}
            paper={paper}
            business={businesses.find((each) => each.id === paper.organisationId)?.name}
            locale={locale}
          />
        ))}
        {vault.certificates.length > 0 && <h2>{t('certificates')}</h2>}
        {vault.certificates.map((each) => (
          <DocumentCard
            key={each.fileId}
            title={[each.title, each.number].filter(Boolean).join(' ')}
            href={`/api/files/${each.fileId}`}
            detail={each.validTo ? t('validTo', { date: formatDate(each.validTo) }) : formatDate(each.deliveredAt)}
            actions={
              <LinkButton href={`/verify/${each.verifyCode}`} kind="quiet" small>
                {d('result.verify')}
              </LinkButton>
            }
          />
        ))}
        <section className="card stack" aria-labelledby="add">
          <h2 id="add">{t('add')}</h2>
          {error && <Notice tone="late">{error}</Notice>}
          <PostForm action={`/api/papers?back=${localePath(locale, '/my/papers')}`} name="paper">
            <Select
              name="kind"
              label={t('kind')}
              options={vault.kinds.map((kind) => ({ value: kind.key, label: kind.title[locale] }))}
            />
            {businesses.length > 0 && (
              <Select
                name="owner"
                label={t('owner')}
                options={[
                  ...businesses.map((each) => ({ value: each.id, label: each.name })),
                  { value: '', label: t('me') },
                ]}
              />
            )}
            <FileField
              name="file"
              label={t('choose')}
              hint={t('limits', { megabytes: 20 })}
              accept="application/pdf,image/jpeg,image/png"
            />
            <Button>{t('upload')}</Button>
          </PostForm>
        </section>
      </div>
    </Page>
  );
}

interface PaperCard {
  paper: VaultView['papers'][number];
  /** whose it is; none: one's own */
  business: string | undefined;
  locale: Locale;
}

async function VaultPaperCard({ paper, business, locale }: PaperCard) {
  const t = await getTranslations('vault');
  const validity = paper.validTo && t(paper.expired ? 'expired' : 'validTo', { date: formatDate(paper.validTo) });
  return (
    <section className="stack">
      <StoredFileCard
        file={paper}
        own
        detail={[
          paper.kindTitle[locale],
          business,
          formatBytes(paper.size, locale),
          formatDate(paper.addedAt),
          t('used', { count: paper.dossiers }),
          validity,
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      <ActionForm
        id={`edit-${paper.id}`}
        action={editPaper.bind(null, paper.id)}
        fold={{
          summary: t('edit'),
          after: (
            <ActionForm action={removePaper.bind(null, paper.id)} id={`remove-${paper.id}`} className="">
              <p className="hint">{t('removeHint')}</p>
              <SubmitButton kind="danger" small>
                {t('remove')} <span className="hidden-text">{paper.name}</span>
              </SubmitButton>
            </ActionForm>
          ),
        }}
      >
        <TextField name="name" label={t('name')} defaultValue={paper.name} maxLength={200} />
        <DateField
          name="validTo"
          label={t('validUntil')}
          hint={t('validHint')}
          optional
          defaultValue={paper.validTo ?? ''}
        />
        <SubmitButton kind="quiet">{t('save')}</SubmitButton>
      </ActionForm>
    </section>
  );
}
