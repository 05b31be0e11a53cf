import { useComputed, useSignal } from '@preact/signals';
import { compareVersions } from '../../../protocol/versions.ts';
import type { ReleaseEntry, RolloutEntry } from '../../ports.ts';
import { apiPath } from '../api.ts';
import { Skeleton } from '../pages/skeleton.tsx';
import { Card } from '../parts/page-head.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { format } from '../words/index.ts';
import { rolloutWords } from '../words/rollout.ts';
import { writeDay } from '../words/times.ts';
import type { Agent } from './agent.ts';
import { useFleet } from './fleet.ts';
import { RolloutCard } from './rollout-card.tsx';
import { RolloutForm } from './rollout-form.tsx';

/** Versions of the agent: the rollout of one, what runs where, and what was released. */
export function Versions() {
  const { data, error, reload } = useResource<{ releases: ReleaseEntry[]; rollout?: RolloutEntry }>(
    () => apiPath('releases'),
    useComputed(() => tick.value),
  );
  const fleet = useFleet().data?.agents;
  const starting = useSignal<string | undefined>(undefined);
  const words = rolloutWords.value;
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const { rollout } = data;
  const isBusy = rollout?.state === 'running' || rollout?.state === 'paused';
  return (
    <div class="columns" data-testid="versions">
      <div class="column">
        {rollout === undefined ? (
          <Card title={words.rollout}>
            <p class="quiet">{words.noRollout}</p>
          </Card>
        ) : (
          <RolloutCard rollout={rollout} fleet={fleet ?? []} reload={reload} />
        )}
        <Card title={words.releases}>
          {data.releases.length === 0 ? (
            <p class="quiet">{words.noReleases}</p>
          ) : (
            <Releases
              releases={data.releases}
              onStart={
                may('admin') && !isBusy
                  ? (version) => {
                      starting.value = version;
                    }
                  : undefined
              }
            />
          )}
        </Card>
      </div>
      <div class="column side">
        <Card title={words.inFleet}>{fleet === undefined ? <i class="bone line" /> : <InFleet fleet={fleet} />}</Card>
      </div>
      {starting.value !== undefined && (
        <RolloutForm
          version={starting.value}
          onClose={(isStarted) => {
            starting.value = undefined;
            if (isStarted) reload();
          }}
        />
      )}
    </div>
  );
}

function Releases({
  releases,
  onStart,
}: {
  releases: readonly ReleaseEntry[];
  onStart: ((version: string) => void) | undefined;
}) {
  const words = rolloutWords.value;
  const newestFirst = [...releases].sort((a, b) => compareVersions(b.version, a.version));
  return (
    <ul class="releases">
      {newestFirst.map(({ version, at, by, files, downgrade }) => {
        const missing = files.some(({ isHere }) => !isHere);
        return (
          <li key={version} data-version={version}>
            <b>{version}</b>
            <span class="quiet">
              {words.publishedBy(by, writeDay(at))}
              <br />
              {files
                .map(({ platform, packed, isHere }) =>
                  isHere ? `${platform} ${format.value.bytes(packed)}` : `${platform}, ${words.fileMissing}`,
                )
                .join(' · ')}
              {downgrade && ` · ${words.downgrade}`}
            </span>
            {onStart !== undefined && !missing && (
              <button type="button" class="button" data-testid="start-rollout" onClick={() => onStart(version)}>
                {words.start}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** How many devices run which version, the newest first. */
function InFleet({ fleet }: { fleet: readonly Agent[] }) {
  const words = rolloutWords.value;
  const byVersion = [...Map.groupBy(fleet, ({ version }) => version ?? '')].sort(([a], [b]) => compareVersions(b, a));
  return (
    <dl class="bars" data-testid="in-fleet">
      {byVersion.map(([version, agents]) => (
        <div key={version}>
          <dt>{version === '' ? words.unknown : version}</dt>
          <dd>
            <span class="bar">
              <i style={{ width: `${(100 * agents.length) / fleet.length}%` }} />
            </span>
            {format.value.number(agents.length)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
