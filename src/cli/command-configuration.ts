import { Configuration } from '../platform/config/configuration';
import { loadEnvFile, processEnvironment } from '../platform/config/env-reader';

// On import, because commands also read other variables, such as ADMIN_PASSWORD.
loadEnvFile();

/**
 * The configuration of a one-off command. It leaves out the roles worker and scheduler, so that the command takes no work
 * from queues or timers.
 */
export function commandConfiguration(): Configuration {
  return Configuration.read({ ...processEnvironment, APP_ROLES: 'api' });
}
