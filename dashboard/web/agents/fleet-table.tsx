import { deviceHref, numberOf, storeHref } from '../keys.ts';
import { StateBadge } from '../parts/badges.tsx';
import { Mark } from '../parts/mark.tsx';
import { Since } from '../parts/since.tsx';
import { tileOf } from '../state/wall.ts';
import { agentWords } from '../words/agents.ts';
import { shared, ui } from '../words/index.ts';
import { type Agent, isOld } from './agent.ts';
import { CertificateEnd } from './certificate-end.tsx';
import { ConfigStanding } from './config-standing.tsx';

/** Agents as a table, in the order given. */
export function FleetTable({
  agents,
  usual,
  hasDoor,
}: {
  agents: readonly Agent[];
  usual: string | undefined;
  /** Whether they come with certificates. */
  hasDoor: boolean;
}) {
  const words = ui.value;
  const own = agentWords.value;
  return (
    <table class="table stacked fleet">
      <thead>
        <tr>
          <th>{words.device}</th>
          <th>{words.store}</th>
          <th>{words.state}</th>
          <th class="figures">{words.lastReport}</th>
          <th>{own.version}</th>
          <th>{own.config}</th>
          {hasDoor && <th>{own.certificate}</th>}
        </tr>
      </thead>
      <tbody>
        {agents.map((agent) => (
          <Row key={agent.device} agent={agent} old={isOld(agent.version, usual)} hasDoor={hasDoor} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ agent, old, hasDoor }: { agent: Agent; old: boolean; hasDoor: boolean }) {
  const words = ui.value;
  const own = agentWords.value;
  const { device, store, title, kind, state, lastReportAt, version, config, certificate } = agent;
  const kindWord = kind === undefined ? undefined : shared.value.deviceKinds[kind];
  return (
    <tr data-device={device} data-state={state}>
      <td>
        <a class="device-link" href={deviceHref(device)}>
          {title}
        </a>
        {kindWord !== undefined && !title.toLocaleLowerCase().startsWith(kindWord.toLocaleLowerCase()) && (
          <small>{kindWord}</small>
        )}
      </td>
      <td>
        <a class="store-link" href={storeHref(store)}>
          <b>{numberOf(store)}</b> {tileOf(store)?.value.title}
        </a>
      </td>
      <td data-label={words.state}>
        {state === undefined ? <span class="quiet">—</span> : <StateBadge state={state} of="device" />}
      </td>
      <td class="figures" data-label={words.lastReport}>
        {lastReportAt === undefined ? words.never : <Since at={lastReportAt} />}
      </td>
      <td class="nowrap" data-label={own.version}>
        {version === undefined ? (
          <span class="quiet">—</span>
        ) : old ? (
          <Mark as="degraded" title={own.filters.old}>
            {version}
          </Mark>
        ) : (
          version
        )}
      </td>
      <td data-label={own.config}>
        {config === undefined ? <span class="quiet">—</span> : <ConfigStanding config={config} />}
      </td>
      {hasDoor && (
        <td class="nowrap" data-label={own.certificate}>
          {certificate === undefined ? (
            <span class="quiet">{own.noCertificate}</span>
          ) : (
            <CertificateEnd certificate={certificate} />
          )}
        </td>
      )}
    </tr>
  );
}
