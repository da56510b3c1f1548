import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './planted-project';

/** `order` is not among them: it is a technical word too. The roles of users are in the kernel. */
const BUSINESS_WORDS = new Set([
  ...['milk', 'dairy', 'dairies', 'orders', 'subscription', 'subscriptions', 'payment', 'payments'],
  ...['courier', 'couriers', 'customer', 'customers', 'cart', 'carts', 'wallet', 'wallets'],
  ...['delivery', 'deliveries', 'generation', 'generations'],
]);
/** Names that are not ours. */
const FOREIGN_NAMES = /RawMessageDelivery/g;

/** The business words of a text, also those that are parts of names: `walletBalance` holds `wallet`. */
function businessWordsIn(text: string): string[] {
  const words = text.replace(FOREIGN_NAMES, '').match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => BUSINESS_WORDS.has(word));
}

describe('src/platform', () => {
  const files = globSync('src/platform/**/*.ts', { cwd: repositoryRoot }).filter((path) => !path.endsWith('.spec.ts'));

  it('contains no business word: modules register what the platform needs of them', () => {
    const found = files.flatMap((path) =>
      businessWordsIn(readFileSync(join(repositoryRoot, path), 'utf8')).map((word) => `${path}: ${word}`),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
  });

  it.each([
    ['a setting', "env.integer('PAYMENT_WINDOW_MINUTES', 15)", ['payment']],
    ['a part of a name', 'const walletBalance = 1;', ['wallet']],
    ['a class', 'class DeliveryMetrics {}', ['delivery']],
    ['a message', "'This account is blocked: call the dairy.'", ['dairy']],
    ['a comment', '/** How long a subscription waits. */', ['subscription']],
    ['several', "['orders', 'One delivery each.']", ['orders', 'delivery']],
  ])('may not hold one in %s', (_, planted, words) => {
    expect(businessWordsIn(planted)).toEqual(words);
  });

  it('may speak of the product, of order and of what AWS calls a delivery', () => {
    expect(businessWordsIn("in order: Milkround, { RawMessageDelivery: 'true' }, delivered")).toEqual([]);
  });
});
