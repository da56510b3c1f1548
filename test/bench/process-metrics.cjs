// Loaded into the measured process with --require: reports its CPU time, memory and calls to DynamoDB when asked.
const { subscribe } = require('node:diagnostics_channel');

let calls = 0;
subscribe('http.client.request.start', ({ request }) => {
  if (String(request.getHeader('x-amz-target')).startsWith('DynamoDB')) calls++;
});

process.on('message', (message) => {
  if (message !== 'measure') return;
  const { user, system } = process.cpuUsage();
  const rssMb = process.memoryUsage.rss() / 2 ** 20;
  process.send({ cpuMs: (user + system) / 1000, calls, rssMb, peakMb: process.resourceUsage().maxRSS / 1024 });
});
