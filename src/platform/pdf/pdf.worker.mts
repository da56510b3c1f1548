// Renders PDFs in a thread of its own, because a page takes a tenth of a second of CPU.
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { ChartNode } from './chart.ts';

export interface PdfTask {
  readonly definition: Omit<TDocumentDefinitions, 'content'>;
  readonly content: readonly (Content | ChartNode)[];
  /** At the bottom of each page, before the page number. */
  readonly footer: TDocumentDefinitions['content'];
  /** File names, by font and weight. */
  readonly fonts: Readonly<Record<string, Record<string, string>>>;
  /** The font of texts in charts. */
  readonly chartFont: string;
}

const CHART_FONT_SIZE = 8;

/** The files that pdfmake reads from memory. The types of pdfmake leave them out. */
const { virtualfs: memory } = pdfmake as unknown as {
  readonly virtualfs: { existsSync(file: string): boolean; writeFileSync(file: string, content: Buffer): void };
};

// Documents refer to nothing but the fonts, which are in memory.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

export default async function render({ definition, content, footer, fonts, chartFont }: PdfTask): Promise<Uint8Array> {
  for (const file of Object.values(fonts).flatMap((font) => Object.values(font))) {
    if (!memory.existsSync(file)) memory.writeFileSync(file, decompressed(readFileSync(file)));
  }
  pdfmake.setFonts(fonts);
  const drawn = await Promise.all(
    content.map(async (node) => (isChart(node) ? { svg: await svgOf(node, chartFont), font: chartFont } : node)),
  );
  const pdf = pdfmake.createPdf({
    ...definition,
    content: drawn,
    footer: (page: number, pages: number) => ({
      columns: [footer, { text: `${page} / ${pages}`, alignment: 'right' }] as never,
      margin: [40, 10],
      fontSize: 7,
    }),
  });
  return pdf.getBuffer();
}

/**
 * A WOFF file as the OpenType file that it was made of. Otherwise fontkit would decompress a table each time it reads a
 * glyph from it, in JavaScript, which takes most of the time of a document.
 */
function decompressed(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const directory = Buffer.alloc(12 + 16 * count);
  woff.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(count, 4);
  const tables: Buffer[] = [];
  let offset = directory.length;
  for (let index = 0; index < count; index++) {
    const entry = 44 + 20 * index;
    const [start, storedLength, length] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
    ];
    const stored = woff.subarray(start, start + storedLength);
    const record = 12 + 16 * index;
    woff.copy(directory, record, entry, entry + 4);
    woff.copy(directory, record + 4, entry + 16, entry + 20);
    directory.writeUInt32BE(offset, record + 8);
    directory.writeUInt32BE(length, record + 12);
    const table = Buffer.alloc(Math.ceil(length / 4) * 4);
    table.set(storedLength < length ? inflateSync(stored) : stored);
    tables.push(table);
    offset += table.length;
  }
  return Buffer.concat([directory, ...tables]);
}

function isChart(node: Content | ChartNode): node is ChartNode {
  return typeof node === 'object' && 'chart' in node;
}

/** Most documents have no charts, so the library is loaded with the first one. */
async function svgOf({ chart, width, height }: ChartNode, fontFamily: string): Promise<string> {
  const [{ init, use }, { BarChart }, { GridComponent }, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  use([BarChart, GridComponent, SVGRenderer]);
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
  const axisLabel = { fontFamily, fontSize: CHART_FONT_SIZE };
  const numbers = new Intl.NumberFormat(chart.locale);
  drawing.setOption({
    animation: false,
    grid: { left: 50, right: 10, top: 10, bottom: 20 },
    xAxis: { type: 'category', data: [...chart.labels], axisLabel },
    yAxis: { type: 'value', axisLabel: { ...axisLabel, formatter: (value: number) => numbers.format(value) } },
    series: chart.series.map(({ values, color }) => ({
      type: 'bar',
      stack: 'all',
      silent: true,
      data: [...values],
      itemStyle: { color },
    })),
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return svg;
}
