// Preloaded (`node -r`): compiles TypeScript as Jest does, so that scripts outside Jest can use test/support.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const { projects } = require('../../jest.config.js');

const [, swc] = projects[0].transform['^.+\\.m?ts$'];

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename });
  module._compile(code, filename);
};
