// Loaded into a measured worker with --require: its events stay in the outbox, as after a crash right after a commit, and
// it does not sweep the events of others. So only the generation of orders is measured, not the work of the subscribers.
const { join } = require('node:path');
// The build may not exist yet when the imports of this folder are checked.
const { OutboxRelay } = require(join(__dirname, '../../../dist/platform/events/outbox-relay.js'));
const { OutboxSweep } = require(join(__dirname, '../../../dist/platform/events/outbox-sweep.js'));

OutboxRelay.prototype.dispatchRow = () => {};
OutboxSweep.prototype.onApplicationBootstrap = () => {};
