import { App } from 'aws-cdk-lib';
import { declaredTableRequests } from './declared-tables';
import { readInputs, WrongInputs } from './inputs';
import { milkround } from './milkround';

async function main(): Promise<void> {
  const app = new App();
  const inputs = readInputs((name) => app.node.tryGetContext(name));
  milkround(app, inputs, await declaredTableRequests(`${inputs.name}-`));
  app.synth();
}

main().catch((error: unknown) => {
  console.error(error instanceof WrongInputs ? error.message : error);
  process.exitCode = 1;
});
