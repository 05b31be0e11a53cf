import { useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { AgentEntry } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { Mark } from '../parts/mark.tsx';
import { Pairs } from '../parts/pairs.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { agentWords } from '../words/agents.ts';
import { writeDate, writeDay } from '../words/times.ts';
import { CertificateEnd } from './certificate-end.tsx';

const REASON_LONGEST = 256;

/** The certificate a device comes with. Nothing where it comes without one. */
export function CertificateCard({ device }: { device: DeviceKey }) {
  const store = device.slice(0, device.lastIndexOf('/')) as StoreKey;
  const { data, reload } = useResource<{ agents: AgentEntry[] }>(
    () => `${apiPath('agents')}?${new URLSearchParams({ store, limit: '1000' })}`,
    useComputed(() => Math.floor(tick.value / 60_000)),
  );
  const isRevoking = useSignal(false);
  const certificate = data?.agents.find((agent) => agent.device === device)?.certificate;
  const words = agentWords.value;
  if (certificate === undefined) return null;
  const { serial, state, issuedAt, usedAt, revoked } = certificate;
  const rows: [string, ComponentChildren][] = [
    [words.validUntil, <CertificateEnd certificate={certificate} />],
    [words.issuedAt, writeDay(issuedAt)],
    [words.firstUsed, usedAt === undefined ? <span class="quiet">{words.unused}</span> : writeDate(usedAt)],
    [words.serial, <code>{serial}</code>],
  ];
  return (
    <section class="card" data-testid="certificate" data-state={state}>
      <header class="card-head">
        <h2>{words.certificate}</h2>
        {state === 'good' && may('admin') && (
          <button
            type="button"
            class="link-button"
            data-testid="revoke-certificate"
            onClick={() => {
              isRevoking.value = true;
            }}
          >
            {words.revoke}…
          </button>
        )}
      </header>
      {revoked !== undefined && (
        <p>
          <Mark as="down">
            <span class="wraps">{words.revokedBy(revoked.by, writeDate(revoked.at))}</span>
          </Mark>
          <br />
          {revoked.reason}
        </p>
      )}
      <Pairs rows={rows} />
      {isRevoking.value && (
        <RevokeDialog
          serial={serial}
          onClose={(isDone) => {
            isRevoking.value = false;
            if (isDone) reload();
          }}
        />
      )}
    </section>
  );
}

function RevokeDialog({ serial, onClose }: { serial: string; onClose: (isDone: boolean) => void }) {
  const words = agentWords.value;
  const reason = useSignal('');
  const revoke = (): Promise<void> =>
    act(
      () => request('POST', apiPath('agents', 'certificates', serial, 'revoke'), { reason: reason.value.trim() }),
      () => {
        toast(words.revoked);
        onClose(true);
      },
    );
  return (
    <Confirm
      title={words.revokeCertificate}
      yes={words.revoke}
      onYes={() => void revoke()}
      onClose={() => onClose(false)}
    >
      <p>{words.revokeMore}</p>
      <Field label={words.revokeReason}>
        {(id) => (
          <input
            id={id}
            required
            autofocus
            maxLength={REASON_LONGEST}
            placeholder={words.revokeReasonHint}
            value={reason.value}
            onInput={(event) => {
              reason.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
    </Confirm>
  );
}
