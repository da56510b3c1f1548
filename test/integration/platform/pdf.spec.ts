import { PdfRenderer } from '../../../src/platform/pdf/pdf-renderer.service';
import { textOfPdf } from '../../support/pdf-text';

describe('a PDF', () => {
  const renderer = new PdfRenderer();
  afterAll(() => renderer.onApplicationShutdown());

  it('shows texts of several scripts, in tables and lists, and a footer with page numbers', async () => {
    const file = await renderer.render({
      title: 'Invoice',
      footer: 'Sunrise Dairy · दूध',
      content: [
        'Total ₹49.50',
        {
          table: {
            headerRows: 1,
            body: [
              ['Customer', 'Amount'],
              [{ text: 'राज', bold: true }, '₹5'],
            ],
          },
        },
        { columns: [{ stack: ['left'] }, { ul: ['right'] }] },
        { text: 'second page', pageBreak: 'before' },
      ],
    });
    const text = await textOfPdf(file);
    for (const part of ['Total ₹49.50', 'Customer', 'राज', '₹5', 'left', 'right', 'Sunrise Dairy', 'दूध', '2 / 2']) {
      expect(text).toContain(part);
    }
  });

  it('shows what looks like a template, a link or a file as it is', async () => {
    const text = '{{constructor}} <b>bold</b> ${1+1} file:///etc/passwd %PDF-1.4';
    expect(await textOfPdf(await renderer.render({ title: text, footer: '', content: [{ text }] }))).toContain(text);
  });

  it('refuses more documents when too many are waiting, without losing the others', async () => {
    const pages = Array.from({ length: 110 }, (_, page) =>
      renderer.render({ title: 'Page', footer: '', content: [`Page ${page}`] }).catch((error: unknown) => error),
    );
    const results = await Promise.all(pages);
    const files = results.filter((result) => result instanceof Uint8Array);
    expect(files.length).toBeGreaterThanOrEqual(100);
    expect(results.length - files.length).toBeGreaterThan(0);
    expect(results.find((result) => result instanceof Error)).toMatchObject({ code: 'service.unavailable' });
  });
});
