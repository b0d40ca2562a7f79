import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossierReads } from '#db/schema/correspondence.ts';
import { dossiers } from '#db/schema/dossiers.ts';
import { mails, notifications } from '#db/schema/notifications.ts';
import { auditEntries, files } from '#db/schema/platform.ts';
import { getReadableFile } from '#server/platform/file-access.ts';
import { newId } from '#server/platform/index.ts';
import { attachToMessage, dropAttachment, keepMessage, markThreadRead, sendMessage } from './commands/messages.ts';
import { addNote } from './commands/small-acts.ts';
import { inbox } from './queries/inbox.ts';
import { myDossiers } from './queries/lists.ts';
import { getThread } from './queries/thread.ts';
import { completeDraft, file, pay } from './testing/journey.ts';
import { samplePdf } from './testing/sample-files.ts';
import { nobody, openWorld, type Who, type World } from './testing/world.ts';

let world: World;
let id: string;
beforeAll(async () => {
  world = await openWorld();
  id = await completeDraft(world);
  await file(world, id);
  await pay(world, id);
  await world.work();
});
afterAll(() => world.close());

const send = (who: Who, text: string) => sendMessage(world.as(who), { dossierId: id, text, messageKey: newId() });
const thread = (who: Who) => getThread(world.as(who), { dossierId: id });
const unread = async (who: Who) =>
  (who === 'owner' || who === 'partner'
    ? (await myDossiers(world.as(who), { page: 1 })).items.find((row) => row.id === id)
    : (await inbox(world.as(who), { scope: 'mine' })).items.find((row) => row.dossierId === id)
  )?.unread;

describe('a message', () => {
  test('of the applicant stands in the timeline of both sides with its files, and counts as unread for the other side', async () => {
    const bytes = samplePdf('a question');
    const { fileId } = await attachToMessage(world.as('owner'), {
      dossierId: id,
      fileName: 'ảnh biển hiệu.pdf',
      bytes,
    });
    await expect(getReadableFile(world.as('oneStop'), fileId)).rejects.toMatchObject({ code: 'notFound' });
    await send('owner', '  Cho tôi hỏi về lịch kiểm tra.  ');
    expect((await getReadableFile(world.as('oneStop'), fileId)).id).toBe(fileId);
    await expect(getReadableFile(world.as('stranger'), fileId)).rejects.toMatchObject({ code: 'notFound' });
    for (const who of ['owner', 'oneStop'] as const) {
      const { entries, draft } = await thread(who);
      expect(entries[0]).toMatchObject({
        kind: 'message',
        data: { text: 'Cho tôi hỏi về lịch kiểm tra.', side: 'applicant' },
        attachments: [{ fileId, name: 'ảnh biển hiệu.pdf' }],
        readBy: [],
      });
      expect(draft).toEqual({ text: '', files: [] });
      expect(entries.map((entry) => entry.kind)).toContain('filed');
    }
    expect(await unread('oneStop')).toBe(1);
    expect(await unread('owner')).toBe(0);
  });

  test('is announced to who holds the dossier, by a mail that names nobody and says nothing of it', async () => {
    const told = await world.db.select().from(notifications).where(eq(notifications.kind, 'message-received'));
    expect(told.map((each) => each.userId)).toContain(world.id('oneStop'));
    expect(told.map((each) => each.userId)).not.toContain(world.id('owner'));
    expect(new Set(told.map((each) => each.href))).toEqual(new Set([`/office/dossiers/${id}/messages`]));
    const [mail] = await world.db.select().from(mails).where(eq(mails.kind, 'message-received'));
    expect(mail!.subject).toMatch(/Tin nhắn mới trong hồ sơ .+-\d{4}$/);
    expect(`${mail!.subject} ${mail!.body}`).not.toMatch(/lịch kiểm tra|Minh Châu|Người owner|biển hiệu/);
  });

  test('says who of the other side has read it and when; looking again changes nothing', async () => {
    const first = world.clock.at;
    await markThreadRead(world.as('oneStop'), { dossierId: id });
    world.clock.at = new Date(first.getTime() + 3_600_000);
    expect(await markThreadRead(world.as('oneStop'), { dossierId: id })).toEqual({ read: 0 });
    expect(await unread('oneStop')).toBe(0);
    expect((await thread('owner')).entries[0]!.readBy).toEqual([{ name: 'Người oneStop', at: first }]);
    await send('owner', 'Một câu nữa.');
    await markThreadRead(world.as('oneStop'), { dossierId: id });
    const marks = (await thread('owner')).entries
      .filter((entry) => entry.kind === 'message')
      .map((entry) => entry.readBy);
    expect(marks).toEqual([[{ name: 'Người oneStop', at: world.clock.at }], [{ name: 'Người oneStop', at: first }]]);
    const rows = await world.db
      .select()
      .from(dossierReads)
      .where(and(eq(dossierReads.dossierId, id), eq(dossierReads.userId, world.id('oneStop'))));
    expect(rows).toHaveLength(2);
  });

  test('of the authority reaches everybody who acts for the business; internal notes reach none of them', async () => {
    await send('oneStop', 'Ngày 01/12 đoàn sẽ đến.');
    await addNote(world.as('oneStop'), { dossierId: id, text: 'Cơ sở này từng bị nhắc.' });
    for (const who of ['owner', 'partner'] as const) {
      expect(await unread(who)).toBe(1);
      expect(JSON.stringify((await thread(who)).entries)).not.toContain('từng bị nhắc');
    }
    expect(JSON.stringify((await thread('oneStop')).entries)).not.toContain('từng bị nhắc');
    await markThreadRead(world.as('owner'), { dossierId: id });
    expect([await unread('owner'), await unread('partner')]).toEqual([0, 1]);
  });

  test('in the making is kept with its files for its writer alone', async () => {
    await keepMessage(world.as('partner'), { dossierId: id, text: 'Đang viết' });
    const { fileId } = await attachToMessage(world.as('partner'), {
      dossierId: id,
      fileName: 'a.pdf',
      bytes: samplePdf('draft'),
    });
    expect((await thread('partner')).draft).toMatchObject({ text: 'Đang viết', files: [{ fileId }] });
    expect((await thread('owner')).draft).toEqual({ text: '', files: [] });
    await expect(getReadableFile(world.as('owner'), fileId)).rejects.toMatchObject({ code: 'notFound' });
    await dropAttachment(world.as('partner'), { dossierId: id, fileId });
    expect((await thread('partner')).draft).toEqual({ text: 'Đang viết', files: [] });
    expect(await world.db.select().from(files).where(eq(files.id, fileId))).toEqual([]);
  });

  test('without a word is not sent, and says what to do', async () => {
    await expect(send('owner', ' \n ')).rejects.toMatchObject({
      details: { fields: [{ path: 'text', reason: 'correspondence.errors.empty' }] },
    });
  });

  test('sent twice by an impatient press is there once, with its files, and everybody is told once', async () => {
    await attachToMessage(world.as('owner'), { dossierId: id, fileName: 'b.pdf', bytes: samplePdf('once') });
    const before = (await thread('owner')).entries.length;
    const earlier = await world.db.select().from(notifications);
    const input = { dossierId: id, text: 'Một lần thôi.', messageKey: newId() };
    const [a, b] = await Promise.all([sendMessage(world.as('owner'), input), sendMessage(world.as('owner'), input)]);
    expect(a).toEqual(b);
    const { entries, draft } = await thread('owner');
    expect(entries).toHaveLength(before + 1);
    const told = (await world.db.select().from(notifications))
      .filter((each) => !earlier.some(({ id: known }) => known === each.id))
      .map((each) => each.userId);
    expect(told).toContain(world.id('oneStop'));
    expect(new Set(told).size).toBe(told.length);
    expect(entries[0]!.attachments).toHaveLength(1);
    expect(draft).toEqual({ text: '', files: [] });
  });

  test('takes the files of two tabs that attach at once', async () => {
    const attach = (line: string) =>
      attachToMessage(world.as('owner'), { dossierId: id, fileName: `${line}.pdf`, bytes: samplePdf(line) });
    const both = await Promise.all([attach('tab 1'), attach('tab 2')]);
    const { draft } = await thread('owner');
    expect(draft.files.map((file) => file.fileId).sort()).toEqual(both.map((each) => each.fileId).sort());
    for (const { fileId } of both) await dropAttachment(world.as('owner'), { dossierId: id, fileId });
  });
});

describe('a message is refused', () => {
  test('from strangers, officials elsewhere, and before the dossier is filed', async () => {
    const refused = { code: 'notFound' };
    await expect(send('stranger', 'x')).rejects.toMatchObject(refused);
    await expect(send('elsewhere', 'x')).rejects.toMatchObject(refused);
    await expect(thread('elsewhere')).rejects.toMatchObject(refused);
    await expect(markThreadRead(world.as('stranger'), { dossierId: id })).rejects.toMatchObject(refused);
    await expect(sendMessage(nobody(world), { dossierId: id, text: 'x', messageKey: newId() })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const draft = await completeDraft(world);
    await expect(
      sendMessage(world.as('owner'), { dossierId: draft, text: 'x', messageKey: newId() }),
    ).rejects.toMatchObject({
      reason: 'dossiers.errors.notFiled',
    });
  });

  test('when it is empty, or carries what no upload may be, or too much', async () => {
    await expect(send('owner', '   ')).rejects.toMatchObject({ code: 'invalidInput' });
    const attach = (name: string, bytes: Uint8Array) =>
      attachToMessage(world.as('owner'), { dossierId: id, fileName: name, bytes });
    await expect(attach('a.pdf', Buffer.from('<html>'))).rejects.toMatchObject({ reason: 'uploads.errors.webPage' });
    for (let i = 0; i < 5; i++) await attach('a.pdf', samplePdf(`file ${i}`));
    await expect(attach('a.pdf', samplePdf('six'))).rejects.toMatchObject({
      reason: 'correspondence.errors.tooManyFiles',
    });
  });

  test('thirty days after the end of the dossier, when the thread can only be read', async () => {
    const now = world.clock.at;
    await world.db.update(dossiers).set({ state: 8, closedAt: now }).where(eq(dossiers.id, id));
    world.clock.at = new Date(now.getTime() + 30 * 86_400_000 - 1);
    expect((await thread('owner')).canWrite).toBe(true);
    await send('owner', 'Cảm ơn.');
    world.clock.at = new Date(now.getTime() + 30 * 86_400_000);
    expect((await thread('owner')).canWrite).toBe(false);
    await expect(send('owner', 'x')).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'correspondence.errors.closed',
    });
    expect((await thread('owner')).entries[0]!.data.text).toBe('Cảm ơn.');
  });
});

test('every act of the thread leaves an audit row without a word of the message', async () => {
  const rows = await world.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
  const actions = rows.filter((row) => row.outcome === 'done').map((row) => row.action);
  for (const action of ['message.send', 'message.read', 'message.keep', 'message.attach', 'message.dropAttachment'])
    expect(actions).toContain(action);
  expect(rows.some((row) => row.action === 'message.send' && row.outcome === 'refused')).toBe(true);
  expect(JSON.stringify(rows)).not.toMatch(/lịch kiểm tra|đoàn sẽ đến/);
});
