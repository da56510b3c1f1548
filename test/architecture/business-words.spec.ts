import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './planted-project';

/** Without `order`, which is also a technical word. The roles of users are in the kernel. */
const BUSINESS_WORDS = new Set([
  ...['milk', 'dairy', 'dairies', 'orders', 'subscription', 'subscriptions', 'payment', 'payments'],
  ...['courier', 'couriers', 'customer', 'customers', 'cart', 'carts', 'wallet', 'wallets'],
  ...['delivery', 'deliveries', 'generation', 'generations'],
]);
/** Names of AWS that contain business words. */
const FOREIGN_NAMES =
  /RawMessageDelivery|ListSubscriptionsByTopic|SetSubscriptionAttributes|Subscriptions:|SubscriptionArn/g;

/** The business words in a text, including parts of names: `walletBalance` contains `wallet`. */
function businessWordsIn(text: string): string[] {
  const words = text.replace(FOREIGN_NAMES, '').match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => BUSINESS_WORDS.has(word));
}

describe('src/platform', () => {
  const files = globSync('src/platform/**/*.ts', { cwd: repositoryRoot }).filter((path) => !path.endsWith('.spec.ts'));

  it('contains no business words', () => {
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
    ['a message', "'This account is blocked. Contact the dairy.'", ['dairy']],
    ['a comment', '/** How long a subscription waits. */', ['subscription']],
    ['a list', "['orders', 'One delivery each.']", ['orders', 'delivery']],
  ])('may not contain business words in %s', (_, planted, words) => {
    expect(businessWordsIn(planted)).toEqual(words);
  });

  it('may contain the product name, `order`, and names of AWS', () => {
    expect(businessWordsIn("in order: Milkround, { RawMessageDelivery: 'true' }, delivered")).toEqual([]);
  });
});
