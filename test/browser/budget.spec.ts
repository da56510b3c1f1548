import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../dist/web');
/** Of compressed scripts, before the first page is complete. */
const MAX_BYTES = 170_000;

describe('the first load of the shop', () => {
  const page = readFileSync(join(FOLDER, 'shop/index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);

  it('is at most 170 kB of compressed scripts', () => {
    const bytes = scripts.reduce((sum, path) => {
      const file = join(FOLDER, path);
      const { size } = statSync(`${file}.gz`, { throwIfNoEntry: false }) ?? statSync(file);
      return sum + size;
    }, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
  });

  it('has no inline script or style, and nothing from another host', () => {
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?:/);
  });
});
