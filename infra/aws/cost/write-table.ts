// `npm run cost`: computes what each size costs a month, prints it, and writes it into infra/aws/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { costsOfAllSizes, README, withCosts } from './table';

async function main(): Promise<void> {
  // The validation of the CDK takes most of the time, and counts nothing.
  process.env.CDK_VALIDATION = 'false';
  const sizes = await costsOfAllSizes();
  for (const { size, costs, total } of sizes) {
    console.log(`\n${size}: ${total.toFixed(2)} US$ a month`);
    for (const { what, quantity, amount } of costs) {
      console.log(`${amount.toFixed(2).padStart(10)}  ${what}${quantity && ` (${quantity})`}`);
    }
  }
  writeFileSync(README, withCosts(readFileSync(README, 'utf8'), sizes));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
