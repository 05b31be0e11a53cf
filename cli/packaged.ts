import type { AgentIo } from '../agent/agent.ts';
import type { AgentConfig } from '../agent/config.ts';
import { openSupervisor } from '../agent/platform/supervisor.ts';
import { findInstallation } from '../agent/update/installation.ts';
import { version } from './version.ts';

/** What an agent needs to know of the package that brought it and of the service that runs it. */
export function packaged(
  { env }: { env: NodeJS.ProcessEnv },
  { intervalS }: AgentConfig,
): Pick<Partial<AgentIo>, 'installation' | 'supervisor'> {
  const installation = findInstallation(env, version());
  return {
    // As if the system had asked: the same good order, and the service starts it again.
    ...(installation && { installation: { ...installation, restart: () => process.emit('SIGTERM') } }),
    supervisor: openSupervisor(env, { intervalMs: intervalS * 1000, monotonicMs: () => performance.now() }),
  };
}
