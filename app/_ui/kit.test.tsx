import { readFileSync } from 'node:fs';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { DocumentCard } from './cards.tsx';
import { Checkboxes, Radios } from './choices.tsx';
import { DataTable } from './data-table.tsx';
import { DateField } from './date-field.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { TextField } from './field.tsx';
import { FormContext } from './form-context.tsx';
import { CheckAnswers, TaskList } from './lists.tsx';
import { Pagination, shownPages } from './pagination.tsx';
import { Tag } from './status.tsx';
import { KitTextsProvider } from './texts.tsx';
import { Steps } from './timeline.tsx';
import type { ShownError } from './types.ts';

const ui = JSON.parse(readFileSync('messages/vi/ui.json', 'utf8'));

function html(children: ReactNode, errors: ShownError[] = [], values: Record<string, string | string[]> = {}): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="Asia/Ho_Chi_Minh" messages={{ ui }}>
      <KitTextsProvider value={{ locale: 'en', texts: ui.client }}>
        <FormContext value={{ state: { errors, values }, pending: false }}>{children}</FormContext>
      </KitTextsProvider>
    </NextIntlClientProvider>,
  );
}
const wrong = (path: string, message: string): ShownError => ({ path, reason: 'errors.field.required', message });

describe('fields', () => {
  test('are labelled, and described by hint and error in this order', () => {
    const out = html(<TextField name="place.name" label="Tên cơ sở" hint="Như trên giấy" />, [
      wrong('place.name', 'Nhập tên cơ sở.'),
    ]);
    expect(out).toContain('<label for="f-place-name">Tên cơ sở</label>');
    expect(out).toContain('aria-describedby="f-place-name-hint f-place-name-error"');
    expect(out).toContain('aria-invalid="true"');
    expect(out).toContain('<span class="hidden-text">Lỗi: </span>Nhập tên cơ sở.');
  });

  test('keep what was entered, wrong or not, rather than what was there before', () => {
    expect(html(<TextField name="a" label="A" defaultValue="cũ" />, [], { a: 'mới' })).toContain('value="mới"');
    expect(html(<TextField name="a" label="A" defaultValue="cũ" />)).toContain('value="cũ"');
  });

  test('never show a password again', () => {
    expect(html(<TextField name="a" label="A" type="password" />, [], { a: 'bí mật' })).not.toContain('bí mật');
  });

  test('use no browser validation', () => {
    expect(html(<TextField name="a" label="A" />)).not.toMatch(/required|pattern=/);
  });

  test('can make their label the heading of the page', () => {
    expect(html(<TextField name="a" label="A" question />)).toContain('<h1><label for="f-a">A</label></h1>');
  });

  test('of several inputs are one group with a legend, and the summary leads to the first', () => {
    const out = html(<DateField name="on" label="Ngày cấp" />, [wrong('on', 'Nhập ngày cấp.')]);
    expect(out).toMatch(/^<fieldset[^>]*aria-describedby="f-on-hint f-on-error"[^>]*><legend>Ngày cấp<\/legend>/);
    expect(out).toMatch(/<input id="f-on"[^>]* name="on.day"/);
    const summary = html(<ErrorSummary errors={[wrong('on', 'Nhập ngày cấp.')]} />);
    expect(summary).toContain('<a href="#f-on">Nhập ngày cấp.</a>');
    expect(summary).toContain('role="alert"');
  });

  test('tell no tick from not asked', () => {
    const options = [{ value: '2', label: 'Thứ Hai' }];
    expect(html(<Checkboxes name="days" label="Ngày" options={options} />)).toContain(
      'type="hidden" name="days.shown" value="1"',
    );
    expect(html(<Radios name="days" label="Ngày" options={options} />)).not.toContain('.shown');
  });
});

describe('lists', () => {
  test('of tasks link only what can be opened', () => {
    const out = html(
      <TaskList
        tasks={[
          { title: 'Cơ sở', href: '/my', status: 'Đã xong' },
          { title: 'Nộp', status: 'Chưa thể bắt đầu' },
        ]}
      />,
    );
    expect(out.match(/<a /g)).toHaveLength(1);
    expect(out).toContain('<a href="/en/my">Cơ sở</a>');
  });

  test('of answers say what a change link changes, and that an answer is missing', () => {
    const out = html(<CheckAnswers answers={[{ question: 'Tên', answer: '', href: '/a' }]} />);
    expect(out).toContain('Sửa<span class="hidden-text"> Tên</span>');
    expect(out).toContain('Chưa trả lời');
  });

  test('as tables name rows, columns and cells', () => {
    const columns = [
      { key: 'a', label: 'Hồ sơ' },
      { key: 'b', label: 'Hạn', sortHref: '/x?sort=b', sorted: 'ascending' as const },
    ];
    const out = html(
      <DataTable
        caption="Việc của tôi"
        columns={columns}
        rows={[{ id: '7', name: 'An Bình', cells: { a: 'An Bình', b: '24/11/2026' } }]}
        select={{ name: 'id' }}
      />,
    );
    expect(out).toContain('<caption>Việc của tôi</caption>');
    expect(out).toContain('<th scope="row">An Bình</th>');
    expect(out).toContain('aria-sort="ascending"');
    expect(out).toContain('data-label="Hạn"');
    expect(out).toContain('aria-label="Chọn An Bình"');
  });

  test('without rows say so instead', () => {
    expect(html(<DataTable caption="A" columns={[]} rows={[]} empty={<p>Trống</p>} />)).toBe('<p>Trống</p>');
  });
});

describe('the rest', () => {
  test('shows the ends, the present page and its neighbours', () => {
    expect(shownPages(1, 1)).toEqual([1]);
    expect(shownPages(5, 10)).toEqual([1, 0, 4, 5, 6, 0, 10]);
    expect(shownPages(3, 5)).toEqual([1, 2, 3, 4, 5]);
    const out = html(<Pagination page={2} pageSize={10} total={25} href={(page) => `/l?page=${page}`} />);
    expect(out).toMatch(/aria-current="page" aria-label="Trang 2"/);
    expect(out).toContain('href="/en/l?page=3"');
  });

  test('names the present step to those who do not see the bar', () => {
    const out = html(
      <Steps
        steps={[
          { label: 'Tiếp nhận', state: 'done' },
          { label: 'Thẩm định', state: 'now' },
        ]}
      />,
    );
    expect(out).toContain('aria-current="step"');
    expect(out).toContain('(đã xong)');
  });

  test('sets no style attribute, which the Content-Security-Policy would refuse', () => {
    const out = html(
      <>
        <Tag tone="ok">Trong hạn</Tag>
        <DocumentCard title="Phiếu" href="/api/files/1" />
        <TextField name="a" label="A" width={4} />
      </>,
    );
    expect(out).not.toContain('style=');
  });
});
