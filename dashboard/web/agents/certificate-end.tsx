import type { AgentEntry } from '../../ports.ts';
import { Mark } from '../parts/mark.tsx';
import { tick } from '../state/clock.ts';
import { agentWords } from '../words/agents.ts';
import { format } from '../words/index.ts';
import { writeDate, writeDay } from '../words/times.ts';
import { isEnding } from './agent.ts';

/** Until when a certificate is good, marked when that is soon or over. */
export function CertificateEnd({ certificate }: { certificate: AgentEntry['certificate'] }) {
  const words = agentWords.value;
  const { state, validUntil, revoked } = certificate;
  const now = tick.value;
  if (state === 'revoked') {
    const told = revoked && `${words.revokedBy(revoked.by, writeDate(revoked.at))}\n${revoked.reason}`;
    return (
      <Mark as="down" title={told}>
        {words.certificateStates.revoked}
      </Mark>
    );
  }
  const lasts = format.value.duration(Math.abs(validUntil - now) / 1000);
  if (validUntil <= now) {
    return (
      <Mark as="down" title={writeDate(validUntil)}>
        {words.endedAgo(lasts)}
      </Mark>
    );
  }
  if (isEnding(certificate, now)) {
    return (
      <Mark as="degraded" title={writeDate(validUntil)}>
        {words.endsIn(lasts)}
      </Mark>
    );
  }
  return (
    <time dateTime={new Date(validUntil).toISOString()} title={words.endsIn(lasts)}>
      {writeDay(validUntil)}
    </time>
  );
}
