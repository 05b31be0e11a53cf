import type { DeviceState, DeviceView, IncidentView, Priority as Level, StoreState } from '../../../protocol/views.ts';
import { shared, ui } from '../words/index.ts';
import { Glyph } from './glyph.tsx';

/** A state by its mark and its word. */
export function StateBadge({ state, of }: { state: StoreState | DeviceState; of: 'store' | 'device' }) {
  const words = shared.value;
  const word = of === 'store' ? words.storeStates[state as StoreState] : words.deviceStates[state as DeviceState];
  return (
    <span class="badge" data-state={state}>
      <Glyph state={state} />
      {word}
    </span>
  );
}

/** What kind of device this is, where its title does not already say so. */
export function Kind({ device }: { device: DeviceView }) {
  const word = shared.value.deviceKinds[device.kind];
  return device.title.toLocaleLowerCase().startsWith(word.toLocaleLowerCase()) ? null : <small>{word}</small>;
}

/** How urgent, by figure and weight. */
export function Priority({ level }: { level: Level }) {
  return (
    <span class="priority" data-priority={level} title={shared.value.priorities[level]}>
      P{level}
    </span>
  );
}

/** Says that what stands beside it was made up by the demo. */
export function Simulated() {
  return (
    <span class="simulated" data-testid="simulated" title={ui.value.simulatedHint}>
      {ui.value.simulated}
    </span>
  );
}

/** Where the ticket stands: its number once there is one. */
export function Ticket({ incident }: { incident: Pick<IncidentView, 'ticket' | 'ticketState'> }) {
  if (incident.ticketState === 'none') return null;
  const state = shared.value.ticketStates[incident.ticketState];
  return (
    <span class="ticket" data-ticket={incident.ticketState} title={state}>
      {incident.ticket ?? state}
    </span>
  );
}
