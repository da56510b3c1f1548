// Plain JavaScript, since a Node that is too old could not read TypeScript to say so.
if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(
    `Milkround needs Node 24 and this is ${process.version}: the install script of the 'node' package did not run. ` +
      'Run `npm ci` without --ignore-scripts, then use npm (npm start).',
  );
  process.exit(1);
}
