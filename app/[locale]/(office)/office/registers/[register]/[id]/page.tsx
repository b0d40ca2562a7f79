import { notFound, permanentRedirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { VersionFacts } from '#app/_parts/registers/version-facts.tsx';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { localePath } from '#i18n/locale-path.ts';
import { RegisterKey } from '#server/registers/inputs.ts';

type Props = { params: Promise<{ register: string; id: string }> };

async function load({ params }: Props) {
  const { register, id } = await params;
  const key = RegisterKey.safeParse(register).data ?? notFound();
  const [, entry] = await read((api) =>
    Promise.all([api.registers.desk({}), api.registers.entry({ register: key, id })]),
  );
  return { key, entry };
}

export async function generateMetadata(props: Props) {
  return { title: (await load(props)).entry.title };
}

/** An entry for officials, of the registers that record nothing beside it: what stands there, and the way to a change. */
export default async function EntryDeskPage(props: Props) {
  const { key, entry } = await load(props);
  const list = `/office/registers/${key}`;
  if (entry.movedTo) permanentRedirect(localePath(await getLocale(), `${list}/${entry.movedTo}`));
  const t = await getTranslations('registers');
  const open = `/registers/${key}/${entry.id}`;
  return (
    <>
      <Breadcrumbs items={[{ label: t(`names.${key}`), href: list }, { label: entry.title }]} />
      <PageTitle
        title={entry.title}
        actions={
          entry.mayPropose && (
            <LinkButton kind="quiet" href={`${list}/${entry.id}/change`}>
              {t('desk.change')}
            </LinkButton>
          )
        }
      />
      <div className="stack-l">
        <VersionFacts register={key} fields={entry.fields ?? []} />
        <p className="row">
          <Link href={open}>{t('desk.public')}</Link>
          <Link href={`${open}/history`}>{t('desk.history')}</Link>
        </p>
      </div>
    </>
  );
}
