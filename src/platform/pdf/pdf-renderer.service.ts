import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { extname, join } from 'node:path';
import { Piscina } from 'piscina';
import { Busy } from '../errors';
import type { PdfContent } from './chart';
import { breakable, DEFAULT_FONT, fontRunsOf, FONTS } from './font-runs';

/**
 * A document for people. Its content is that of pdfmake, with charts between its parts. Texts may be in any script that a
 * font exists for.
 */
export interface PdfDocument {
  readonly title: string;
  readonly content: readonly PdfContent[];
  /** At the bottom of each page, before the page number. */
  readonly footer: string;
  readonly landscape?: boolean;
}

const MAX_WAITING = 100;
const IDLE_MILLISECONDS = 30_000;
/** A broken document must not occupy the thread. */
const TIMEOUT_MILLISECONDS = 60_000;

/** The worker's source in tests, otherwise the compiled file. */
const WORKER = join(__dirname, `pdf.worker${extname(__filename) === '.ts' ? '.mts' : '.mjs'}`);

/** Keys of a node that hold texts and further nodes. Strings under other keys, such as `alignment`, are no text. */
const CONTENT_KEYS = ['text', 'stack', 'columns', 'ul', 'ol', 'body', 'table'] as const;

/** Renders PDFs in a thread of its own. A document of a few pages takes a quarter of a second of CPU. */
@Injectable()
export class PdfRenderer implements OnApplicationShutdown {
  private readonly pool = new Piscina({
    filename: WORKER,
    minThreads: 0,
    maxThreads: 1,
    maxQueue: MAX_WAITING,
    idleTimeout: IDLE_MILLISECONDS,
  });

  /** Returns the file. `service.unavailable` if too many documents are waiting. */
  async render({ title, content, footer, landscape = false }: PdfDocument): Promise<Uint8Array> {
    if (this.pool.queueSize >= MAX_WAITING) throw new Busy();
    const task = {
      content: withFonts(content),
      definition: {
        info: { title },
        pageSize: 'A4',
        pageOrientation: landscape ? 'landscape' : 'portrait',
        defaultStyle: { font: DEFAULT_FONT, fontSize: 9 },
      },
      footer: withFonts({ text: footer }),
      fonts: FONTS,
      chartFont: DEFAULT_FONT,
    };
    return (await this.pool.run(task, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })) as Uint8Array;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.destroy();
  }
}

/** The content with a font for each part of its texts. */
function withFonts(node: unknown): unknown {
  if (typeof node === 'string') return { text: runsOf(node) };
  if (Array.isArray(node)) return node.map(withFonts);
  if (typeof node !== 'object' || node === null) return node;
  const children = CONTENT_KEYS.flatMap((key) => {
    const child = (node as Record<string, unknown>)[key];
    if (child === undefined) return [];
    return [[key, key === 'text' && typeof child === 'string' ? runsOf(child) : withFonts(child)] as const];
  });
  return { ...node, ...Object.fromEntries(children) };
}

function runsOf(text: string) {
  return fontRunsOf(breakable(text));
}
