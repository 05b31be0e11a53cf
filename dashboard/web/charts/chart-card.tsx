import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Store } from '../../../protocol/inventory.ts';
import type { Unit } from '../../../protocol/measurements.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { AlertView } from '../../../protocol/views.ts';
import { apiPath } from '../api.ts';
import { closedSpans } from '../hours.ts';
import { serverNow, tick } from '../state/clock.ts';
import { locale, theme } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { pageScale, systemDark } from '../state/screen.ts';
import { format, ui } from '../words/index.ts';
import { writeDate, writeTime, writeWeekday } from '../words/times.ts';
import { coloursFor } from './colours.ts';
import type { LineChart } from './line-chart.ts';
import { type ChartPlan, limitOf, nameChart } from './plan.ts';
import { breakAtGaps, longestPause, mergeSeries, roundTop, timeMarks, toRate } from './series.ts';

const RANGES = {
  hour: { spanMs: 3_600_000, stepS: 60 },
  day: { spanMs: 86_400_000, stepS: 300 },
  week: { spanMs: 604_800_000, stepS: 1800 },
} as const;
export type Range = keyof typeof RANGES;

interface RangeAnswer {
  series: { tags: Record<string, string>; points: [number, number][] }[];
}

interface Props {
  device: DeviceKey;
  plan: ChartPlan;
  range: Range;
  store: Store | undefined;
  alerts: readonly AlertView[];
}

/** One reading over time. Give it a key of device, plan and range. */
export function ChartCard({ device, plan, range, store, alerts }: Props) {
  const { spanMs, stepS } = RANGES[range];
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef({ from: 0, to: 0 });
  // Once per step is as often as there is anything new.
  const step = useComputed(() => Math.floor(tick.value / (stepS * 1000)));
  const { data, error } = useResource<RangeAnswer>(() => {
    const to = serverNow();
    shown.current = { from: to - spanMs, to };
    return rangePath(device, plan, { ...shown.current, stepS });
  }, step);
  const chart = useChart(canvas);

  const merged = data === undefined ? [] : mergeSeries(data.series);
  const pauseMs = longestPause(merged, stepS * 1000);
  const points = plan.rate ? toRate(merged, pauseMs) : merged;
  const values = points.map(([, value]) => value);
  const last = values.at(-1);
  const limit = limitOf(plan, alerts);
  const write = (value: number): string => format.value.amount(roundCount(value, plan.unit), plan.unit);

  useEffect(() => {
    if (chart.value === undefined || canvas.current === null || last === undefined) return;
    const { from, to } = shown.current;
    const { trouble, ...colours } = coloursFor(canvas.current);
    chart.value.show({
      points: breakAtGaps(points, pauseMs),
      from,
      to,
      top: roundTop(Math.max(...values, limit ?? 0), plan.unit),
      marks: timeMarks(from, to),
      closed: store === undefined ? [] : closedSpans(store.hours, store.timeZone, { from, to, stepMs: stepS * 1000 }),
      closedLabel: ui.value.closedBand,
      last: write(last),
      colours: limit === undefined ? colours : { ...colours, line: trouble },
      font: { family: getComputedStyle(canvas.current).fontFamily, size: 11 * pageScale() },
      writeValue: write,
      writeMark: range === 'week' ? writeWeekday : writeTime,
      writeTime: writeDate,
      ...(limit === undefined ? {} : { threshold: { value: limit, label: ui.value.threshold(write(limit)) } }),
    });
  }, [chart.value, data, limit, store, locale.value, theme.value, systemDark.value]);

  const { name, of } = nameChart(plan, locale.value, ui.value);
  const summary =
    last === undefined
      ? name
      : ui.value.chartSummary(
          `${name} ${of}`.trim(),
          write(last),
          write(Math.min(...values)),
          write(Math.max(...values)),
        );
  return (
    <figure class="chart" data-testid="chart" data-chart={plan.id} data-points={values.length}>
      <figcaption>
        {name} {of !== '' && <span class="quiet">{of}</span>}
      </figcaption>
      <div class="chart-canvas">
        {last === undefined && data !== undefined && <p class="quiet">{ui.value.noHistory}</p>}
        {last === undefined && error !== undefined && <p class="quiet">{ui.value.failedPage}</p>}
        <canvas ref={canvas} role="img" aria-label={summary} />
      </div>
    </figure>
  );
}

/** The mean of a count is no count: beyond a handful its decimals tell nothing. */
const roundCount = (value: number, unit: Unit): number => (unit === 'count' && value >= 10 ? Math.round(value) : value);

/** Fetches the drawing code with the first chart, and no sooner. */
function useChart(canvas: { current: HTMLCanvasElement | null }) {
  const chart = useSignal<LineChart | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    const begin = async (): Promise<void> => {
      const { drawLine } = await import('./line-chart.ts');
      if (!gone && canvas.current !== null) chart.value = drawLine(canvas.current);
    };
    // Without it the figure keeps its words: name, and that it could not be loaded.
    begin().catch(() => {});
    return () => {
      gone = true;
      chart.peek()?.destroy();
    };
  }, []);
  return chart;
}

function rangePath(device: DeviceKey, plan: ChartPlan, range: { from: number; to: number; stepS: number }): string {
  const tags = Object.entries(plan.tags).map(([name, value]) => `${name}:${value}`);
  const query = new URLSearchParams({
    device,
    measurement: plan.measurement,
    field: plan.field,
    from: String(range.from),
    to: String(range.to),
    step: String(range.stepS),
    aggregate: plan.rate ? 'last' : 'mean',
    ...(tags.length === 0 ? {} : { tags: tags.join(',') }),
  });
  return `${apiPath('metrics', 'range')}?${query}`;
}
