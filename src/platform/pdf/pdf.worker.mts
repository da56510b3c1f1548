// Renders PDFs in a thread of its own, because a page takes a tenth of a second of CPU.
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

export interface PdfTask {
  readonly definition: TDocumentDefinitions;
  /** At the bottom of each page, before the page number. */
  readonly footer: TDocumentDefinitions['content'];
  /** File names, by font and weight. */
  readonly fonts: Readonly<Record<string, Record<string, string>>>;
}

// Documents refer to nothing but the font files.
pdfmake.setUrlAccessPolicy(() => false);

export default async function render({ definition, footer, fonts }: PdfTask): Promise<Uint8Array> {
  const files = new Set(Object.values(fonts).flatMap((font) => Object.values(font)));
  pdfmake.setLocalAccessPolicy((path) => files.has(path));
  pdfmake.setFonts(fonts);
  const pdf = pdfmake.createPdf({
    ...definition,
    footer: (page: number, pages: number) => ({
      columns: [footer, { text: `${page} / ${pages}`, alignment: 'right' }] as never,
      margin: [40, 10],
      fontSize: 7,
    }),
  });
  return pdf.getBuffer();
}
