import { Configuration } from '../platform/config/configuration';
import { loadEnvFile, processEnvironment } from '../platform/config/env-reader';

// When it is imported: commands also read variables of their own, such as ADMIN_PASSWORD.
loadEnvFile();

/** The configuration of a one-off command: it serves no requests, and takes no work from queues or the scheduler. */
export function commandConfiguration(): Configuration {
  return Configuration.read({ ...processEnvironment, APP_ROLES: 'api' });
}
