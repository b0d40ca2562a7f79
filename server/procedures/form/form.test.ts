import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from './check-form.ts';
import type { FormDefinition } from './definition.ts';
import { FormDefinition as FormSchema } from './definition.ts';
import { diffAnswers } from './diff-answers.ts';
import { formatAnswer } from './format-answer.ts';
import { parseDate, parseField, parseNumber } from './parse-field.ts';
import type { JsonObject } from './schema.ts';
import { firstOpenPage, validateAll, validatePage } from './validate-form.ts';
import { dropHidden, visibleFields, visiblePages } from './visibility.ts';

const t = (text: string) => ({ vi: text, en: text });
const storesVaccine = { properties: { cold: { const: true } }, required: ['cold'] };

const form: FormDefinition = FormSchema.parse({
  schema: {
    type: 'object',
    required: ['kind', 'cold', 'fridge', 'staff'],
    properties: {
      kind: { type: 'string', enum: ['pharmacy', 'counter'] },
      cold: { type: 'boolean' },
      fridge: {
        type: 'object',
        required: ['model'],
        properties: { model: { type: 'string', pattern: '^[A-Z]{2}' }, alarm: { type: 'boolean' } },
      },
      staff: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['name', 'trained', 'certificate'],
          properties: {
            name: { type: 'string', minLength: 1 },
            trained: { type: 'boolean' },
            certificate: { type: 'string' },
          },
        },
      },
    },
  },
  pages: [
    { id: 'kind', title: t('Kind'), fields: ['kind'] },
    {
      id: 'cold',
      title: t('Cold'),
      when: { properties: { kind: { const: 'pharmacy' } }, required: ['kind'] },
      fields: ['cold'],
    },
    { id: 'fridge', title: t('Fridge'), when: storesVaccine, fields: ['fridge.model', 'fridge.alarm'] },
    {
      id: 'staff',
      title: t('Staff'),
      fields: ['staff.*.name', 'staff.*.trained', 'staff.*.certificate'],
      repeat: { path: 'staff', item: t('Person'), add: t('Add') },
    },
  ],
  fields: {
    kind: {
      label: t('Kind'),
      control: 'radio',
      options: [
        { value: 'pharmacy', label: { vi: 'Nhà thuốc', en: 'Pharmacy' } },
        { value: 'counter', label: t('Counter') },
      ],
    },
    cold: { label: t('Cold'), control: 'yesNo' },
    'fridge.model': { label: t('Model'), control: 'text', example: 'AB 120' },
    'fridge.alarm': { label: t('Alarm'), control: 'yesNo' },
    'staff.*.name': { label: t('Name'), control: 'text' },
    'staff.*.trained': { label: t('Trained'), control: 'yesNo' },
    'staff.*.certificate': {
      label: t('Certificate'),
      control: 'text',
      when: { properties: { trained: { const: true } }, required: ['trained'] },
    },
  },
});

const full: JsonObject = {
  kind: 'pharmacy',
  cold: true,
  fridge: { model: 'AB 120', alarm: false },
  staff: [
    { name: 'An', trained: true, certificate: 'GPP 1' },
    { name: 'Bình', trained: false },
  ],
};
const ids = (data: JsonObject) => visiblePages(form, data).map((page) => page.id);
const errors = (data: JsonObject) =>
  validateAll(form, data).map((error) => `${error.path}: ${error.reason.replace('procedures.field.', '')}`);

describe('which pages are asked', () => {
  it('follows from the answers given', () => {
    expect(ids({})).toEqual(['kind', 'staff']);
    expect(ids({ kind: 'pharmacy' })).toEqual(['kind', 'cold', 'staff']);
    expect(ids(full)).toEqual(['kind', 'cold', 'fridge', 'staff']);
  });

  it('asks a field of a list entry by the entry it belongs to', () => {
    expect(visibleFields(form, form.pages[3]!, full)).toEqual([
      'staff.0.name',
      'staff.1.name',
      'staff.0.trained',
      'staff.1.trained',
      'staff.0.certificate',
    ]);
  });
});

describe('dropping hidden answers', () => {
  it('drops in a chain: another kind hides the cold question, which hides the fridge', () => {
    expect(dropHidden(form, { ...full, kind: 'counter' })).toEqual({ kind: 'counter', staff: full.staff });
  });

  it('drops keys nobody asked for and hidden answers of list entries', () => {
    const sent = {
      kind: 'counter',
      admin: true,
      staff: [{ name: 'An', trained: false, certificate: 'GPP 1', salary: 1 }],
    };
    expect(dropHidden(form, sent)).toEqual({ kind: 'counter', staff: [{ name: 'An', trained: false }] });
  });

  it('changes nothing the second time, and leaves visible answers as they are', () => {
    const answer = fc.record(
      {
        kind: fc.constantFrom('pharmacy', 'counter', 'other'),
        cold: fc.boolean(),
        fridge: fc.record({ model: fc.string(), alarm: fc.boolean() }),
        staff: fc.array(fc.record({ name: fc.string(), trained: fc.boolean(), certificate: fc.string() }), {
          maxLength: 3,
        }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(answer, (data) => {
        const once = dropHidden(form, data as JsonObject);
        expect(dropHidden(form, once)).toEqual(once);
        expect(once.kind).toEqual(data.kind);
      }),
    );
  });
});

describe('validating the whole form', () => {
  it('accepts complete answers', () => {
    expect(errors(full)).toEqual([]);
    expect(firstOpenPage(form, full)).toBeUndefined();
  });

  it('requires only what is asked, in the order of the pages', () => {
    expect(errors({})).toEqual(['kind: required', 'staff: minItems']);
    expect(errors({ kind: 'counter', staff: [{ trained: true }] })).toEqual([
      'staff.0.name: required',
      'staff.0.certificate: required',
    ]);
    expect(firstOpenPage(form, { kind: 'counter' })).toBe('staff');
  });

  it('reports a missing answer at its question even when its whole group is missing', () => {
    expect(errors({ kind: 'pharmacy', cold: true, staff: full.staff! })).toEqual(['fridge.model: required']);
  });

  it('shows the example beside a pattern that does not fit', () => {
    const found = validatePage(form, 'fridge', { ...full, fridge: { model: 'ab' } });
    expect(found).toEqual([
      {
        path: 'fridge.model',
        reason: 'procedures.field.patternExample',
        values: { example: 'AB 120', labelVi: 'Model', labelEn: 'Model' },
      },
    ]);
  });

  it('says in both languages which question is meant, and of which entry of a list', () => {
    const [first] = validateAll(form, { kind: 'counter', staff: [{ name: 'An', trained: false }, { trained: false }] });
    expect(first).toMatchObject({
      path: 'staff.1.name',
      values: { labelVi: 'Name (Person 2)', labelEn: 'Name (Person 2)' },
    });
  });

  it('gives a page its own errors only', () => {
    expect(validatePage(form, 'kind', {}).map((error) => error.path)).toEqual(['kind']);
    expect(validatePage(form, 'staff', {}).map((error) => error.path)).toEqual(['staff']);
  });
});

describe('reading what was typed', () => {
  it.each([
    ['1.234,5', 1234.5],
    ['1 234', 1234],
    ['35,5', 35.5],
    ['35.5', 35.5],
    ['1.234', 1234],
    ['1.234.567', 1234567],
    ['-3', -3],
    ['mười', 'mười'],
    ['1,2,3', '1,2,3'],
  ])('reads the number %s', (typed, value) => {
    expect(parseNumber(typed)).toBe(value);
  });

  it.each([
    ['23/11/2026', '2026-11-23'],
    ['3-2-2026', '2026-02-03'],
    ['3.2.2026', '2026-02-03'],
    ['2026-11-23', '2026-11-23'],
    ['30/02/2026', '30/02/2026'],
  ])('reads the date %s', (typed, value) => {
    expect(parseDate(typed)).toBe(value);
  });

  it('joins the three fields of a date and keeps an unfinished one as typed', () => {
    expect(parseField({ control: 'date' }, { day: ' 5', month: '9', year: '1990' })).toBe('1990-09-05');
    expect(parseField({ control: 'date' }, { day: '5', month: '', year: '1990' })).toBe('5//1990');
    expect(parseField({ control: 'date' }, { day: '', month: '', year: '' })).toBeUndefined();
  });

  it('cleans codes, telephones, e-mail and text', () => {
    expect(parseField({ control: 'digits' }, '0101234567-001')).toBe('0101234567001');
    expect(parseField({ control: 'digits' }, ' 001 085.012.345 ')).toBe('001085012345');
    expect(parseField({ control: 'phone' }, '+84 (0)912.345-678')).toBe('0912345678');
    expect(parseField({ control: 'phone' }, '+84 912 345 678')).toBe('0912345678');
    expect(parseField({ control: 'phone' }, '84912345678')).toBe('0912345678');
    expect(parseField({ control: 'phone' }, '０２４ 3822–2222')).toBe('02438222222');
    expect(parseField({ control: 'digits' }, '００１０８５０１２３４５')).toBe('001085012345');
    expect(parseField({ control: 'number' }, '３２,５')).toBe(32.5);
    expect(parseField({ control: 'date' }, { day: '２９', month: '2', year: '2028' })).toBe('2028-02-29');
    expect(parseField({ control: 'email' }, ' An.Le@EXAMPLE.vn ')).toBe('An.Le@example.vn');
    expect(parseField({ control: 'text' }, '  Nhà   thuốc\u00A0Ô\u0302 ')).toBe('Nhà thuốc Ô\u0302'.normalize('NFC'));
    expect(parseField({ control: 'textarea' }, 'a\r\nb  \r\n')).toBe('a\nb');
    expect(parseField({ control: 'time' }, '7h30')).toBe('07:30');
    expect(parseField({ control: 'yesNo' }, 'no')).toBe(false);
    expect(parseField({ control: 'checkboxes' }, 'a')).toEqual(['a']);
    expect(parseField({ control: 'text' }, '   ')).toBeUndefined();
  });
});

describe('showing answers', () => {
  it('speaks the language of the reader', () => {
    expect(formatAnswer(form.fields.kind!, 'pharmacy', 'vi')).toBe('Nhà thuốc');
    expect(formatAnswer(form.fields.cold!, false, 'en')).toBe('No');
    expect(formatAnswer({ label: t('Area'), control: 'number', unit: 'm²' }, 1234.5, 'vi')).toBe('1.234,5 m²');
    expect(formatAnswer({ label: t('Date'), control: 'date' }, '2026-11-23', 'en')).toBe('23/11/2026');
    expect(
      formatAnswer({ label: t('Province'), control: 'province' }, '01', 'vi', (_control, code) =>
        code === '01' ? 'Hà Nội' : undefined,
      ),
    ).toBe('Hà Nội');
  });
});

describe('what changed', () => {
  it('lists each answer that differs', () => {
    const after: JsonObject = {
      ...full,
      kind: 'counter',
      fridge: { model: 'AB 120' },
      staff: [{ name: 'An', trained: true, certificate: 'GPP 2' }, { name: 'Bình', trained: false }, { name: 'Chi' }],
    };
    expect(diffAnswers(full, after)).toEqual([
      { path: 'kind', kind: 'changed', before: 'pharmacy', after: 'counter' },
      { path: 'fridge.alarm', kind: 'removed', before: false },
      { path: 'staff.0.certificate', kind: 'changed', before: 'GPP 1', after: 'GPP 2' },
      { path: 'staff.2.name', kind: 'added', after: 'Chi' },
    ]);
    expect(diffAnswers(full, structuredClone(full))).toEqual([]);
  });
});

describe('checking a form', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(checkForm(form)).toEqual([]);
  });

  it('names fields that are unknown, unasked, asked twice or offer what the schema refuses', () => {
    const broken: FormDefinition = {
      ...form,
      pages: [...form.pages, { id: 'kind', title: t('Again'), fields: ['kind', 'ghost'] }],
      fields: {
        ...form.fields,
        kind: { ...form.fields.kind!, options: [{ value: 'shop', label: t('Shop') }] },
        lost: { label: t('Lost'), control: 'select' },
      },
    };
    expect(checkForm(broken).map((each) => `${each.element}: ${each.problem}`)).toEqual([
      'kind: page id used twice',
      'kind: asked on kind and on kind',
      'ghost: page kind asks for a field without definition',
      'kind: options and enum differ',
      'lost: asked on no page',
      'lost: not in the schema',
    ]);
  });
});
