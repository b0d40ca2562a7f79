import { describe, expect, test } from 'vitest';
import { NoticeKind } from './inputs.ts';
import { absoluteLink, isRefusedForGood, messageId, presentable } from './rules.ts';
import { mailText, noticeText } from './texts.ts';

/** Enough for every kind. */
const data = {
  code: '000.00.10.H26-261123-0001',
  title: 'Nhà thuốc An Bình',
  number: '05/ĐKKDD-HNO',
  amount: 1_000_000,
  dueAt: '2026-12-21T10:00:00.000Z',
  answerDueAt: '2027-01-22',
  on: '30/11/2026',
  until: '2026-12-04',
  share: 80,
  name: 'Trần Văn Đức',
  standIn: 'Lê Thị Hường',
  left: 9,
  host: 'nhan-tin.example.vn',
  days: 5,
};

describe('the text of a notice', () => {
  test.each(NoticeKind.options.flatMap((kind) => (['vi', 'en'] as const).map((locale) => [kind, locale] as const)))(
    'of kind %s is complete in %s',
    (kind, locale) => {
      const { title, text, action } = noticeText(locale, kind, data);
      for (const part of [title, text, action]) {
        expect(part.length).toBeGreaterThan(3);
        expect(part).not.toMatch(/[{}]|kinds\./);
      }
    },
  );

  test('writes days and sums as people read them', () => {
    expect(noticeText('vi', 'received', data).text).toContain('Hẹn trả kết quả: 17:00 ngày 21/12/2026.');
    expect(noticeText('vi', 'supplement-requested', data).text).toContain('trước ngày 22/01/2027.');
    expect(noticeText('vi', 'inspection-planned', data).text).toContain('ngày 30/11/2026');
    expect(noticeText('en', 'payment-due', data).title).toContain('1.000.000\u00a0₫');
  });

  test('of a recall names the facility; one that was kept from before does without', () => {
    const facility = 'Nhà thuốc Hai';
    expect(noticeText('vi', 'drug-recall', { ...data, facility }).title).toContain(
      'Trần Văn Đức tại Nhà thuốc Hai: văn bản',
    );
    expect(noticeText('vi', 'drug-recall', data).title).toContain('Trần Văn Đức: văn bản');
    expect(noticeText('en', 'drug-recall', { ...data, facility }).text).toMatch(/^Nhà thuốc Hai reported/);
    expect(noticeText('en', 'drug-recall', data).text).toMatch(/^Your facility reported/);
  });

  test('takes the day in Vietnam, not in London', () => {
    const at = { on: '2026-12-20T17:30:00.000Z' };
    expect(presentable(at, 'vi')).toEqual({ on: '21/12/2026' });
  });

  test('tells a deadline with its hour in Vietnam, in both languages; of what only a day was kept, the day', () => {
    const answer = { answerDueAt: '2027-01-22T09:30:00.000Z' };
    expect(presentable(answer, 'vi')).toEqual({ answerDueAt: '16:30 ngày 22/01/2027' });
    expect(presentable(answer, 'en')).toEqual({ answerDueAt: '16:30 on 22/01/2027 (Vietnam time)' });
    // midnight in Vietnam is still the day before in London
    expect(presentable({ dueAt: '2026-12-20T17:30:00.000Z' }, 'vi')).toEqual({ dueAt: '00:30 ngày 21/12/2026' });
    expect(presentable({ dueAt: '2026-12-20' }, 'vi')).toEqual({ dueAt: 'ngày 20/12/2026' });
    expect(presentable({ dueAt: '20/12/2026' }, 'en')).toEqual({ dueAt: '20/12/2026' });
    for (const kind of ['supplement-requested', 'correction-requested', 'answer-reminder'] as const) {
      expect(noticeText('vi', kind, { code: 'A', ...answer }).text).toContain('trước 16:30 ngày 22/01/2027');
      expect(noticeText('en', kind, { code: 'A', ...answer }).text).toContain('before 16:30 on 22/01/2027');
      expect(mailText('en', kind, { code: 'A', ...answer }, null).body).toContain('16:30 on 22/01/2027 (Vietnam time)');
    }
  });

  test('cannot be made without what its kind needs', () => {
    expect(() => noticeText('vi', 'received', { code: 'A' })).toThrow();
    expect(() => noticeText('vi', 'filed', {})).toThrow();
  });

  test('keeps what people typed as it is', () => {
    expect(noticeText('vi', 'filed', { code: "{x} <b>'{0}'" }).title).toContain("{x} <b>'{0}'");
  });
});

describe('a mail', () => {
  test('has greeting, text, link and footer, and names nobody', () => {
    const { subject, body } = mailText(
      'vi',
      'filed',
      { ...data, name: 'Nguyễn Thị Ánh Tuyết' },
      'https://motcua.example.vn/my',
    );
    expect(subject).toBe('Đã nộp hồ sơ 000.00.10.H26-261123-0001');
    expect(body).toMatch(/^Kính gửi Ông\/Bà,\n\n/);
    expect(body).toContain('Xem hồ sơ:\nhttps://motcua.example.vn/my\n\n-- \n');
    expect(body).not.toContain('Tuyết');
    expect(body).not.toContain('An Bình');
  });

  test('links into the application in the language of its reader', () => {
    const app = 'https://motcua.example.vn';
    expect(absoluteLink(app, 'vi', '/my/dossiers/1')).toBe(`${app}/my/dossiers/1`);
    expect(absoluteLink(app, 'en', '/my/dossiers/1')).toBe(`${app}/en/my/dossiers/1`);
    expect(absoluteLink(app, 'en', '/en/my')).toBe(`${app}/en/my`);
    expect(absoluteLink(app, 'en', '/')).toBe(`${app}/en`);
    expect(absoluteLink(app, 'en', '/environment')).toBe(`${app}/en/environment`);
    expect(absoluteLink(app, 'vi', 'https://elsewhere.example/x')).toBe('https://elsewhere.example/x');
  });

  test('has a name of its own that stays the same', () => {
    expect(messageId('0199', 'https://motcua.example.vn:8443')).toBe('<0199@motcua.example.vn>');
  });

  test('is given up only when the address itself is refused', () => {
    const failure = (code: string, responseCode?: number) => Object.assign(new Error('failed'), { code, responseCode });
    expect(isRefusedForGood(failure('EENVELOPE', 550))).toBe(true);
    expect(isRefusedForGood(failure('EENVELOPE', 450))).toBe(false);
    expect(isRefusedForGood(failure('EAUTH', 535))).toBe(false);
    expect(isRefusedForGood(failure('ECONNECTION'))).toBe(false);
    expect(isRefusedForGood('failed')).toBe(false);
  });
});
