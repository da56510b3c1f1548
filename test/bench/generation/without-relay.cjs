// Loaded into a measured worker with --require: its events wait in the outbox, as they do when a process dies right
// after a commit, and it does not look for those of others. So what is measured is the making of orders alone, in the
// program as it is shipped, and not what notifications, deliveries and the rest then make of them.
const { join } = require('node:path');
// Built, perhaps, only after the imports of this folder are checked.
const { OutboxRelay } = require(join(__dirname, '../../../dist/platform/events/outbox-relay.js'));

OutboxRelay.prototype.dispatchRow = () => {};
OutboxRelay.prototype.onApplicationBootstrap = () => {};
