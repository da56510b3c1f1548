const { readFileSync } = require('node:fs');
const { resolve } = require('node:path');

/** The file that runs all specs of its folder. */
exports.SUITE = 'all.suite.ts';

/** Whether a spec says in its first line that it has to run in a file of its own. */
exports.runsAlone = (spec) =>
  readFileSync(resolve(__dirname, '../..', spec), 'utf8').startsWith('// Runs in a file of its own');
