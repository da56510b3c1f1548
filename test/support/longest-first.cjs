const { default: Sequencer } = require('@jest/test-sequencer');

/** Runs the generated suites first. Jest takes them for short, because their files only name the specs. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const isSuite = ({ path }) => path.includes('/.cache/suites/');
    return super.sort(tests).sort((one, other) => Number(isSuite(other)) - Number(isSuite(one)));
  }
};
