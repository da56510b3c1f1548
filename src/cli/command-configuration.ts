import { Configuration } from '../platform/config/configuration';
import { processEnvironment } from '../platform/config/env-reader';

/** The configuration of a one-off command: it serves no requests, and takes no work from queues or the scheduler. */
export function commandConfiguration(): Configuration {
  return Configuration.read({ ...processEnvironment, APP_ROLES: 'api' });
}
