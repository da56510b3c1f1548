import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../dist/web');

describe.each([
  // Of compressed scripts, before the first page is complete.
  { app: 'shop', maxBytes: 170_000 },
  { app: 'console', maxBytes: 180_000 },
  { app: 'round', maxBytes: 170_000 },
])('the first load of the $app', ({ app, maxBytes }) => {
  const page = readFileSync(join(FOLDER, app, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);

  it(`is at most ${maxBytes / 1_000} kB of compressed scripts`, () => {
    const bytes = scripts.reduce((sum, path) => {
      const file = join(FOLDER, path);
      const { size } = statSync(`${file}.gz`, { throwIfNoEntry: false }) ?? statSync(file);
      return sum + size;
    }, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(maxBytes);
  });

  it('declares the order of the style layers first', () => {
    const [first = ''] = [...page.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(([, path = '']) => path);
    expect(readFileSync(join(FOLDER, first), 'utf8').trim()).toBe('@layer mantine, app;');
  });

  it('has no inline script or style, and nothing from another host', () => {
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?:/);
  });
});
