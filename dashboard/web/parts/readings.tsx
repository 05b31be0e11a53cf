import { MEASUREMENTS } from '../../../protocol/measurements.ts';
import type { Reading } from '../../../protocol/views.ts';
import { locale } from '../state/prefs.ts';
import { format, ui } from '../words/index.ts';
import { Since } from './since.tsx';

interface Thing {
  id: string;
  title: string;
  of: string;
  readings: Reading[];
}

/** What a device reads now, one small table per thing measured. */
export function Readings({ readings }: { readings: ReadonlyMap<string, Reading> }) {
  const words = ui.value;
  if (readings.size === 0) return <p class="quiet">{words.noReadings}</p>;
  return (
    <div class="readings" data-testid="readings">
      {groupByThing(readings.values()).map((thing) => (
        <table key={thing.id} class="reading" data-measurement={thing.readings[0]?.measurement}>
          <caption>
            {thing.title} {thing.of !== '' && <span class="quiet">{thing.of}</span>}
            <Since at={Math.max(...thing.readings.map(({ at }) => at))} />
          </caption>
          <tbody>
            {thing.readings.map((reading) => (
              <tr key={reading.field} data-field={reading.field}>
                <th scope="row">{fieldOf(reading)?.[locale.value] ?? reading.field}</th>
                <td class="figures">{format.value.amount(reading.value, fieldOf(reading)?.unit ?? '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

const fieldOf = (reading: Reading) => MEASUREMENTS[reading.measurement]?.fields[reading.field];

const ORDER = Object.keys(MEASUREMENTS);
/** Tags that tell nothing a reader would miss. */
const DULL = new Set(['device', 'fstype', 'result', 'method']);

function groupByThing(readings: Iterable<Reading>): Thing[] {
  const things = new Map<string, Thing>();
  for (const reading of readings) {
    const { measurement, tags } = reading;
    const of = Object.entries(tags)
      .filter(([name, value]) => !DULL.has(name) && value !== 'cpu-total')
      .map(([, value]) => value)
      .join(' ');
    const id = `${measurement} ${of}`;
    const thing = things.get(id);
    if (thing !== undefined) thing.readings.push(reading);
    else
      things.set(id, { id, of, title: MEASUREMENTS[measurement]?.[locale.value] ?? measurement, readings: [reading] });
  }
  const place = ({ readings: [first] }: Thing): number => {
    const known = ORDER.indexOf(first?.measurement ?? '');
    return known < 0 ? ORDER.length : known;
  };
  return [...things.values()].sort((a, b) => place(a) - place(b) || a.id.localeCompare(b.id));
}
