import { commandConfiguration, runCommand, withApplication } from './command';
import { printReconciliation } from './print-reconciliation';

/** On AWS, it runs every night. */
void runCommand(() => withApplication(commandConfiguration(), printReconciliation));
