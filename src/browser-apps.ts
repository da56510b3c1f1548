import { DAIRY_SETTINGS } from './modules/dairy';
import type { Configuration } from './platform/config/configuration';
import type { AppsOptions, ForeignHosts } from './platform/http/apps';

/** What Stripe's form needs, as Stripe documents it: https://docs.stripe.com/security/guide#content-security-policy */
const STRIPE_HOSTS: ForeignHosts = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  connect: ['https://api.stripe.com'],
};

/** How the browser apps in a folder are served. Only the shop, and only with Stripe, uses another host. */
export function browserAppsOf(configuration: Configuration, folder: string): AppsOptions {
  const { stripePublishableKey } = configuration.get(DAIRY_SETTINGS);
  return { folder, home: 'shop', ...(stripePublishableKey && { foreignHosts: { shop: STRIPE_HOSTS } }) };
}
