// The image's health check. It checks the process, not its database, or a database failure would restart all containers.
const { PORT: port = '3000' } = process.env;
const response = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined);
process.exit(response?.ok ? 0 : 1);
