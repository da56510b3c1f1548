const { default: Sequencer } = require('@jest/test-sequencer');

/** Parts of paths, the slowest kind of spec first. */
const KINDS = ['/.cache/suites/', '/test/chaos/', '/test/browser/', '/test/e2e/', '/test/integration/', '/test/infra/'];

/**
 * Runs slow specs first, so that no worker is idle at the end. On a clean checkout Jest knows no durations and goes by the
 * size of the files, which says little: generated suites only name their specs, and a short spec may start many programs.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
  }
};

function rankOf({ path }) {
  const rank = KINDS.findIndex((part) => path.includes(part));
  return rank === -1 ? KINDS.length : rank;
}
