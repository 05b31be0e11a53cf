import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT_FLAGS, builtAgent } from '../../../cli/built.ts';
import { COMMUNITY } from '../../agent/snmp/simulated/snmpsim.ts';
import { temporaryFolder } from '../leftovers.ts';
import { NotInstalled, type PeerProcess, startPeer } from '../peer-process.ts';

export const EVERY_S = 30;

/** The built agent as `vigie start` runs it, with one check of its own; it asks the devices at these ports of the loopback. */
export async function startPollingAgent(
  device: string,
  brokerPort: number,
  ports: Readonly<Record<string, number>>,
): Promise<PeerProcess> {
  const script = builtAgent();
  if (script === undefined) throw new NotInstalled('dist/agent (npm run build)');
  const folder = temporaryFolder('snmp');
  const [config, communityFile] = [join(folder.path, 'agent.yaml'), join(folder.path, 'community')];
  writeFileSync(communityFile, `${COMMUNITY}\n`, { mode: 0o600 });
  const snmpDevices = Object.entries(ports).map(([name, port]) => ({
    name,
    host: '127.0.0.1',
    port,
    credential: 'lan',
  }));
  writeFileSync(
    config,
    JSON.stringify({
      ...{ chain: 'bench', store: 's', device, server: `mqtt://127.0.0.1:${brokerPort}` },
      ...{ dataDir: join(folder.path, 'data'), central: false, inventory: false, intervalS: EVERY_S },
      checks: [{ type: 'system' }],
      ...(snmpDevices.length > 0 && {
        snmp: { credentials: { lan: { version: '2c', communityFile } }, everyS: EVERY_S },
        snmpDevices,
      }),
    }),
  );
  const agent = await startPeer({
    program: process.execPath,
    args: [...AGENT_FLAGS, script, `--config=${config}`],
    env: { LANG: 'C.UTF-8' },
    isReady: async () => true,
  });
  return {
    pid: agent.pid,
    async stop() {
      await agent.stop();
      folder.remove();
    },
  };
}
