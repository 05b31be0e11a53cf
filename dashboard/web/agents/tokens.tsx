import { signal, useComputed, useSignal } from '@preact/signals';
import type { StoreKey } from '../../../protocol/names.ts';
import type { EnrolTokenEntry } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { storeHref } from '../keys.ts';
import { Skeleton } from '../pages/skeleton.tsx';
import { Blank } from '../parts/blank.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Since } from '../parts/since.tsx';
import { nameStore } from '../parts/store-choice.tsx';
import { toast } from '../parts/toast.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { agentWords } from '../words/agents.ts';
import { format, shared, ui } from '../words/index.ts';
import { writeDate } from '../words/times.ts';
import { NoDoor } from './no-door.tsx';
import { TokenForm } from './token-form.tsx';
import { type MadeToken, TokenMade } from './token-made.tsx';

/** What was made last; shown until it is put away, and nowhere kept. */
const made = signal<MadeToken | undefined>(undefined);

/** Enrolment tokens: those there are, and a new one. */
export function Tokens() {
  const moved = useComputed(() => Math.floor(tick.value / 60_000));
  const { data, error, reload } = useResource<{ tokens: EnrolTokenEntry[] }>(() => apiPath('agents', 'tokens'), moved);
  const words = agentWords.value;
  if (data === undefined) {
    if (error === undefined) return <Skeleton />;
    return error.code === 'agents-off' ? <NoDoor /> : <Trouble error={error} retry={reload} />;
  }
  return (
    <div class={may('admin') ? 'columns' : 'column'}>
      <div class="column">
        {made.value !== undefined && (
          <TokenMade
            made={made.value}
            onDone={() => {
              made.value = undefined;
            }}
          />
        )}
        {data.tokens.length === 0 ? (
          <Blank kind="empty" title={words.noTokens} more={words.noTokensMore} />
        ) : (
          <TokenTable tokens={data.tokens} reload={reload} />
        )}
      </div>
      {may('admin') && (
        <div class="column side">
          <TokenForm
            onMade={(token) => {
              made.value = token;
              reload();
            }}
          />
        </div>
      )}
    </div>
  );
}

function TokenTable({ tokens, reload }: { tokens: readonly EnrolTokenEntry[]; reload: () => void }) {
  const words = agentWords.value;
  const revoking = useSignal<string | undefined>(undefined);
  const revoke = (id: string): Promise<void> =>
    act(
      () => request('POST', apiPath('agents', 'tokens', id, 'revoke')),
      () => {
        revoking.value = undefined;
        toast(words.tokenRevoked);
        reload();
      },
    );
  return (
    <section class="card">
      <table class="table stacked" data-testid="tokens">
        <thead>
          <tr>
            <th>{words.forWhat}</th>
            <th>{ui.value.store}</th>
            <th>{ui.value.state}</th>
            <th class="figures">{words.uses}</th>
            <th class="figures">{words.expires}</th>
            <th>{words.by}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              onRevoke={() => {
                revoking.value = token.id;
              }}
            />
          ))}
        </tbody>
      </table>
      {revoking.value !== undefined && (
        <Confirm
          title={words.revokeToken}
          yes={words.revoke}
          onYes={() => void revoke(revoking.peek() ?? '')}
          onClose={() => {
            revoking.value = undefined;
          }}
        >
          <p>{words.revokeTokenMore}</p>
        </Confirm>
      )}
    </section>
  );
}

function TokenRow({ token, onRevoke }: { token: EnrolTokenEntry; onRevoke: () => void }) {
  const words = agentWords.value;
  const { chain, store, kind, device, state, used, uses, expiresAt, replaces, by, at } = token;
  const { number } = format.value;
  const kindWord = shared.value.deviceKinds[kind];
  const storeKey: StoreKey = `${chain}/${store}`;
  return (
    <tr data-token={token.id} data-state={state === 'good' ? 'up' : 'closed'} class={state === 'good' ? '' : 'quiet'}>
      <td>
        {device === undefined ? words.anyOf(kindWord) : <b>{device}</b>}
        {device !== undefined && <small>{kindWord}</small>}
        {replaces && <small>({words.replaces})</small>}
      </td>
      <td>
        <a class="store-link" href={storeHref(storeKey)}>
          {nameStore(storeKey)}
        </a>
      </td>
      <td data-label={ui.value.state}>{words.tokenStates[state]}</td>
      <td class="figures" data-label={words.uses}>
        {words.usesOf(number(used), number(uses))}
      </td>
      <td class="figures" data-label={words.expires}>
        <time dateTime={new Date(expiresAt).toISOString()}>{writeDate(expiresAt)}</time>
      </td>
      <td data-label={words.by}>
        <span>
          {by} <Since at={at} />
        </span>
      </td>
      <td class="figures">
        {state === 'good' && may('admin') && (
          <button type="button" class="link-button" data-testid="revoke-token" onClick={onRevoke}>
            {words.revoke}
          </button>
        )}
      </td>
    </tr>
  );
}
