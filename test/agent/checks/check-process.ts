import { createInterface } from 'node:readline';
import { registry } from '../../../agent/checks/registry.gen.ts';
import { runLive } from './run-live.ts';

/** A check in a process of its own, for a test that puts it into another network: it runs once per line it is sent. */
const [type = '', options = '{}'] = process.argv.slice(2);
const plugin = await registry[type]?.();
if (!plugin) throw new Error(`no check is called ${type}`);
const run = plugin.create(JSON.parse(options));
for await (const _ of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await runLive(run))}\n`);
}
