import { App } from 'aws-cdk-lib';
import { createStacks } from './create-stacks';
import { loadDeclaredTables } from './data/declared-tables';
import { InvalidInputs, readInputs } from './inputs';

async function main(): Promise<void> {
  const app = new App();
  const inputs = readInputs((name) => app.node.tryGetContext(name));
  createStacks(app, inputs, await loadDeclaredTables(`${inputs.name}-`));
  app.synth();
}

main().catch((error: unknown) => {
  console.error(error instanceof InvalidInputs ? error.message : error);
  process.exitCode = 1;
});
