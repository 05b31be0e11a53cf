import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import type { CheckResult } from '../../../agent/check.ts';
import { Networks } from '../../support/namespaces.ts';

const FIBRE = '10.231.1.1';
const BACKUP = '10.231.2.1';
let networks: Networks;
afterEach(() => networks.remove());

test('two links in network namespaces: the route moves to the backup and back, and a router falls silent', async () => {
  networks = new Networks();
  const [till, fibre, backup] = [networks.machine('t'), networks.machine('f'), networks.machine('b')];
  networks.cable(till, '10.231.1.2/24', fibre, `${FIBRE}/24`);
  networks.cable(till, '10.231.2.2/24', backup, `${BACKUP}/24`);
  const route = (...args: string[]) => execFileSync('ip', ['-n', till.name, 'route', ...args]);
  const options = {
    links: [
      { name: 'fibre', gateway: FIBRE },
      { name: '4G', gateway: BACKUP },
    ],
    gatewayProbe: 'ping',
  };
  const script = new URL('check-process.ts', import.meta.url).pathname;
  const child = spawn(
    'ip',
    ['netns', 'exec', till.name, process.execPath, script, 'wan_path', JSON.stringify(options)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const look = async (): Promise<CheckResult> => {
    child.stdin.write('\n');
    return JSON.parse((await answers.next()).value as string);
  };

  expect((await look()).statuses[0]?.text).toBe('No default route: no link.');

  route('add', 'default', 'via', FIBRE, 'metric', '100');
  route('add', 'default', 'via', BACKUP, 'metric', '700');
  const usual = await look();
  expect(usual.points[0]).toMatchObject({
    t: { link: 'fibre', gateway: FIBRE },
    f: { link_index: 0, on_backup: 0, gateway_reachable: 1, metric: 100, changes: 0 },
  });
  expect(usual.statuses[0]?.status).toBe('ok');

  route('del', 'default', 'via', FIBRE);
  const moved = await look();
  expect(moved.points[0]).toMatchObject({
    t: { link: '4G', gateway: BACKUP },
    f: { link_index: 1, on_backup: 1, gateway_reachable: 1, metric: 700, changes: 1 },
  });
  expect(moved.statuses[0]).toMatchObject({
    status: 'warning',
    text: expect.stringMatching(/^The store is on its backup link 4G \(/),
  });

  route('add', 'default', 'via', FIBRE, 'metric', '100');
  expect((await look()).points[0]).toMatchObject({ t: { link: 'fibre' }, f: { changes: 2 } });

  execFileSync('ip', ['-n', fibre.name, 'addr', 'del', `${FIBRE}/24`, 'dev', deviceOf(fibre.name)]);
  const silent = await look();
  expect(silent.points[0]?.f.gateway_reachable).toBe(0);
  expect(silent.statuses[0]?.text).toMatch(`The gateway ${FIBRE} does not answer on `);

  child.stdin.end();
  await once(child, 'close');
});

const deviceOf = (machine: string): string => {
  const links = JSON.parse(execFileSync('ip', ['-n', machine, '-j', 'addr'], { encoding: 'utf8' }));
  return links.find(({ ifname }: { ifname: string }) => ifname !== 'lo').ifname;
};
