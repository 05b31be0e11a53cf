import { useComputed } from '@preact/signals';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { writeOther, writeSince, writeSinceLong } from '../words/times.ts';

/** When something happened: its age under an hour, the time beyond; the other one when pointed at. Keeps itself right. */
export function Since({ at, long = false }: { at: number; long?: boolean }) {
  locale.value;
  return (
    <time class="since" dateTime={new Date(at).toISOString()} title={writeOther(at, tick.peek())}>
      <SinceText key={`${at} ${locale.value}`} at={at} long={long} />
    </time>
  );
}

function SinceText({ at, long }: { at: number; long: boolean }) {
  const text = useComputed(() => {
    const write = long ? writeSinceLong : writeSince;
    return write(at, tick.value);
  });
  return <>{text}</>;
}
