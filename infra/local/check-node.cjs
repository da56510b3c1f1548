// Plain JavaScript, because an old Node cannot run TypeScript.
if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(
    `Milkround needs Node 24, but this is ${process.version}. ` +
      'Run `npm ci` without --ignore-scripts, which installs Node 24, and start programs through npm (`npm start`).',
  );
  process.exit(1);
}
