import { specsOf } from '../../support/suite';

describe.each(specsOf(__dirname))('%s', (spec) => {
  jest.requireActual(spec);
});
