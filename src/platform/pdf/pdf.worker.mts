// Renders PDFs in a thread of its own, because a page takes a tenth of a second of CPU.
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

// Documents refer to nothing but the font files.
pdfmake.setUrlAccessPolicy(() => false);

export default async function render({ definition, content, footer, fonts, chartFont }: PdfTask): Promise<Uint8Array> {
  const files = new Set(Object.values(fonts).flatMap((font) => Object.values(font)));
  pdfmake.setLocalAccessPolicy((path) => files.has(path));
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
