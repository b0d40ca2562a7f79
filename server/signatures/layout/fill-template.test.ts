import { describe, expect, it } from 'vitest';
import { certificateData, certificateTemplate } from '../testing/sample-layout.ts';
import type { DocumentTemplate } from './document-layout.ts';
import { fillTemplate } from './fill-template.ts';

const template = (blocks: DocumentTemplate['blocks']): DocumentTemplate => ({
  version: 1,
  title: 'Phiếu',
  createdAt: '2026-11-23T09:00:00+07:00',
  blocks,
});

describe('fillTemplate', () => {
  it('replaces tags everywhere and repeats rows over lists', () => {
    const filled = fillTemplate(certificateTemplate, certificateData);
    expect(JSON.stringify(filled)).not.toMatch(/\{[a-z]/);
    const table = filled.blocks.find((block) => block.kind === 'table');
    expect(table?.rows).toEqual([
      ['1', 'Đơn đề nghị cấp Giấy chứng nhận', '1'],
      ['2', 'Bản sao Chứng chỉ hành nghề dược', '2'],
    ]);
    expect(filled.author).toBe('Sở Y tế tỉnh Nghệ An');
  });

  it('names the placeholder that has no value', () => {
    const paper = template([{ kind: 'paragraph', text: 'Kính gửi {applicant.name}' }]);
    expect(() => fillTemplate(paper, { applicant: {} })).toThrowError(
      expect.objectContaining({
        code: 'invalidInput',
        reason: 'signatures.errors.placeholderMissing',
        details: { values: { name: 'applicant.name' } },
      }),
    );
  });

  it('never looks for tags in values, not even in repeated rows', () => {
    const paper = template([
      { kind: 'paragraph', text: '{a}' },
      { kind: 'numberedList', each: 'list', item: '{item.text} {{x}}' },
    ]);
    const filled = fillTemplate(paper, { a: '{secret}', secret: 'no', list: [{ text: '{secret} {{' }] });
    expect(filled.blocks[0]).toMatchObject({ text: '{secret}' });
    expect(filled.blocks[1]).toMatchObject({ items: ['{secret} {{ {x}'] });
  });

  it('leaves out a block whose datum is absent, false or empty', () => {
    const paper = template([
      { kind: 'paragraph', text: 'luôn có' },
      { kind: 'paragraph', when: 'note', text: '{note}' },
      { kind: 'paragraph', when: 'list', text: 'x' },
    ]);
    expect(fillTemplate(paper, { note: '', list: [] }).blocks).toHaveLength(1);
    expect(fillTemplate(paper, { note: 'có', list: [1] }).blocks).toHaveLength(3);
  });

  it('survives storage as JSON unchanged', () => {
    const filled = fillTemplate(certificateTemplate, certificateData);
    expect(JSON.parse(JSON.stringify(filled))).toEqual(filled);
  });
});
