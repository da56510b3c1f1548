// The image's health check: whether the process answers. Its database is not its health, or all tasks would be ended at once.
const { PORT: port = '3000' } = process.env;
const answer = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
