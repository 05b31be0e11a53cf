import { FleetView } from '../agents/fleet-view.tsx';
import { Tokens } from '../agents/tokens.tsx';
import { Versions } from '../agents/versions.tsx';
import { countWaiting, useQuarantine, Waiting } from '../agents/waiting.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { AgentsPart } from '../read-path.ts';
import { isOperator } from '../state/session.ts';
import { agentWords } from '../words/agents.ts';
import { ui } from '../words/index.ts';

const PARTS: readonly AgentsPart[] = ['all', 'waiting', 'tokens', 'versions'];

/** Agents: who reports, who waits, what lets them in, and which versions they run. */
export function AgentsPage({ part }: { part: AgentsPart }) {
  const words = agentWords.value;
  return (
    <div class="page" data-testid="agents-page" data-part={part}>
      <PageHead trail={[{ href: '/', label: ui.value.wall }]} title={ui.value.agents}>
        <p class="quiet">{words.lead}</p>
      </PageHead>
      {part === 'waiting' || isOperator() ? <WithWaiting part={part} /> : <Parts part={part} count={undefined} />}
      {part === 'all' && <FleetView />}
      {part === 'tokens' && <Tokens />}
      {part === 'versions' && <Versions />}
    </div>
  );
}

/** Who waits is said on every part, to those who may know. */
function WithWaiting({ part }: { part: AgentsPart }) {
  const answer = useQuarantine();
  return (
    <>
      <Parts part={part} count={answer.data && countWaiting(answer.data.quarantine)} />
      {part === 'waiting' && <Waiting answer={answer} />}
    </>
  );
}

function Parts({ part, count }: { part: AgentsPart; count: number | undefined }) {
  const words = agentWords.value;
  return (
    <Tabs
      label={ui.value.agents}
      tabs={PARTS.map((name) => ({
        href: name === 'all' ? '/agents' : `/agents/${name}`,
        label: words.tabs[name],
        isHere: name === part,
        count: name === 'waiting' ? count : undefined,
      }))}
    />
  );
}
