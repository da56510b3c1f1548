import axe from 'axe-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { ensureChromium } from '../../infra/local/chromium.mts';

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
const MAX_TABS = 80;
const PHONE = { width: 360, height: 740 };
/** Chromium reports each response from 400 on, and each request without a network. The tests expect some of them. */
const REFUSED_REQUEST =
  /^Failed to load resource: (the server responded with a status of|net::ERR_INTERNET_DISCONNECTED)/;

/** A Chromium with a new profile, in which one person uses the apps. */
export class AppBrowser {
  /** Errors of scripts and violations of the content policy. */
  readonly problems: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    private readonly profile: string,
    private readonly url: string,
  ) {
    context.setDefaultTimeout(20_000);
    context.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !REFUSED_REQUEST.test(text)) this.problems.push(text);
    });
    context.on('weberror', (error) => this.problems.push(error.error().message));
  }

  static async open(url: string, options: BrowserContextOptions = {}): Promise<AppBrowser> {
    const profile = mkdtempSync(join(tmpdir(), 'milkround-browser-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: ensureChromium(),
      args: FLAGS,
      viewport: PHONE,
      locale: 'en-IN',
      reducedMotion: 'reduce',
      ...options,
    });
    return new AppBrowser(context, profile, url);
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
  }

  async newTab(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(this.url + path);
    return page;
  }

  /** Forgets the session, as another person would find the browser. */
  async clear(page: Page): Promise<void> {
    await this.context.clearCookies();
    await page.evaluate(() => localStorage.clear());
  }

  async signIn(page: Page, email: string, password: string): Promise<void> {
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  }

  async goTo(page: Page, path: string): Promise<void> {
    await page.goto(this.url + path);
  }
}

/** What axe finds wrong with the page as it is, by the rules of WCAG 2.2 AA. */
export async function accessibilityProblemsOf(page: Page): Promise<string[]> {
  // Evaluated, because the content policy refuses a script element.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Switches to light or dark colours, and waits until the page has them. */
export async function showColors(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
  await page.waitForFunction(() => document.getAnimations().length === 0);
}

/** Moves the focus with the Tab key to an element. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MAX_TABS; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not reach ${target.toString()}`);
}

/** Records by how much parts of the page move without an input, from now on. Returns the sum so far. */
export async function watchLayoutShifts(page: Page, { afterInput = false } = {}): Promise<() => Promise<number>> {
  await page.evaluate((countsInput) => {
    const watched = globalThis as unknown as { shifts: number };
    watched.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (countsInput || !entry.hadRecentInput) watched.shifts += entry.value;
      }
    }).observe({ type: 'layout-shift' });
  }, afterInput);
  return () => page.evaluate(() => (globalThis as unknown as { shifts: number }).shifts);
}

/** Pixels by which the page is wider than the screen. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The longest duration, in milliseconds, of what moves on the page. Below 1 counts as nothing. */
export function motionOf(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.floor(Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getTiming().duration ?? 0)))),
  );
}
