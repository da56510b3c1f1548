import type { Content } from 'pdfmake';

/** Bars over labels. The series of a chart are stacked. Labels are numbers and Latin letters. */
export interface Chart {
  /** Of the numbers at the axis. */
  readonly locale: string;
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
  /** One for each label. */
  readonly values: readonly number[];
  /** `#rrggbb` */
  readonly color: string;
}

/** A chart as part of a document. Width and height in points. */
export interface ChartNode {
  readonly chart: Chart;
  readonly width: number;
  readonly height: number;
}

export type PdfContent = Content | ChartNode;
