import { getTranslations } from 'next-intl/server';
import { Fragment } from 'react';
import { read } from '#app/_server/caller.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { DateText } from '#app/_ui/time-text.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  const { id } = await params;
  return { title: (await read((api) => api.notifications.mail({ id }))).subject, robots: { index: false } };
}

/** One mail as its addressee would read it. */
export default async function DemoMail({ params }: Props) {
  const [t, { id }] = await Promise.all([getTranslations('demo.mailbox'), params]);
  const mail = await read((api) => api.notifications.mail({ id }));
  const at = <DateText value={mail.createdAt} time />;
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('back'), href: '/demo/mailbox' }, { label: mail.subject }]} />
      <PageTitle title={mail.subject} />
      <div className="stack">
        <Facts
          items={[
            { label: t('to'), value: mail.to },
            { label: t('at'), value: at },
          ]}
        />
        <section className="card stack" aria-label={t('body')}>
          {mail.body
            .trim()
            .split('\n\n')
            .map((paragraph) => (
              <p key={paragraph}>
                {paragraph.split('\n').map((line, index) => (
                  <Fragment key={line}>
                    {index > 0 && <br />}
                    {line === mail.link ? <a href={line}>{line}</a> : line}
                  </Fragment>
                ))}
              </p>
            ))}
        </section>
      </div>
    </Page>
  );
}
