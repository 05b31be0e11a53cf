import {
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { ChartPoint } from './series.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip);

/** What a chart shows; everything is already in the reader's words. */
export interface LineSpec {
  points: ChartPoint[];
  from: number;
  to: number;
  top: number;
  marks: number[];
  /** Times that do not count, drawn as bands. */
  closed: [number, number][];
  closedLabel: string;
  threshold?: { value: number; label: string };
  /** Written at the end of the line. */
  last: string;
  colours: Record<'line' | 'text' | 'quiet' | 'grid' | 'band' | 'threshold' | 'surface', string>;
  font: { family: string; size: number };
  writeValue: (value: number) => string;
  writeMark: (at: number) => string;
  writeTime: (at: number) => string;
}

/** Room for the values of the axis and for the last one, in ems: the same on every chart, so that their times line up. */
const AXIS_EMS = 5.2;
const LAST_EMS = 5.6;

const specs = new WeakMap<Chart, LineSpec>();

/** A line chart on a canvas. */
export interface LineChart {
  show(spec: LineSpec): void;
  destroy(): void;
}

export function drawLine(canvas: HTMLCanvasElement): LineChart {
  let chart: Chart<'line', ChartPoint[]> | undefined;
  return {
    show(spec) {
      chart?.destroy();
      chart = new Chart<'line', ChartPoint[]>(canvas, configure(spec));
      specs.set(chart as unknown as Chart, spec);
      chart.update('none');
    },
    destroy() {
      chart?.destroy();
    },
  };
}

function configure(spec: LineSpec): ChartConfiguration<'line', ChartPoint[]> {
  const { colours, font } = spec;
  const ticks = { color: colours.quiet, font, padding: 6 };
  return {
    type: 'line',
    data: {
      datasets: [
        {
          data: spec.points,
          borderColor: colours.line,
          borderWidth: font.size * 0.16,
          spanGaps: false,
          pointBackgroundColor: colours.line,
          // A reading with none beside it has no line: it shows as a dot.
          pointRadius: ({ dataIndex }) => (isAlone(spec.points, dataIndex) ? font.size * 0.14 : 0),
          pointHoverRadius: 3,
          pointHitRadius: 8,
        },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 6, right: font.size * LAST_EMS } },
      scales: {
        x: {
          type: 'linear',
          min: spec.from,
          max: spec.to,
          afterBuildTicks: (axis) => {
            axis.ticks = spec.marks.map((value) => ({ value }));
          },
          ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12, callback: (value) => spec.writeMark(Number(value)) },
          grid: { display: false },
          border: { color: colours.grid },
        },
        y: {
          type: 'linear',
          min: 0,
          max: spec.top,
          afterBuildTicks: (axis) => {
            axis.ticks = [0, spec.top / 2, spec.top].map((value) => ({ value }));
          },
          afterFit: (axis) => {
            axis.width = Math.max(axis.width, font.size * AXIS_EMS);
          },
          ticks: { ...ticks, callback: (value) => spec.writeValue(Number(value)) },
          grid: { color: colours.grid, drawTicks: false },
          border: { display: false },
        },
      },
      plugins: {
        tooltip: {
          displayColors: false,
          backgroundColor: colours.text,
          titleColor: colours.surface,
          bodyColor: colours.surface,
          titleFont: { ...font, weight: 'normal' },
          bodyFont: { ...font, weight: 600 },
          cornerRadius: 4,
          caretSize: 0,
          callbacks: {
            title: ([item]) => (item === undefined ? '' : spec.writeTime(item.parsed.x ?? 0)),
            label: (item) => spec.writeValue(item.parsed.y ?? 0),
          },
        },
      },
    },
    plugins: [bands, threshold, lastValue],
  };
}

const fontOf = ({ font }: LineSpec): string => `${font.size}px ${font.family}`;

const isAlone = (points: readonly ChartPoint[], i: number): boolean =>
  points[i]?.y != null && points[i - 1]?.y == null && points[i + 1]?.y == null;

const bands: Plugin<'line'> = {
  id: 'bands',
  beforeDatasetsDraw(chart) {
    const spec = specs.get(chart as unknown as Chart);
    const { x } = chart.scales;
    if (spec === undefined || x === undefined) return;
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.font = fontOf(spec);
    ctx.textBaseline = 'bottom';
    const room = ctx.measureText(spec.closedLabel).width + 12;
    for (const [from, to] of spec.closed) {
      const left = x.getPixelForValue(from);
      const width = x.getPixelForValue(to) - left;
      ctx.fillStyle = spec.colours.band;
      ctx.fillRect(left, chartArea.top, width, chartArea.height);
      ctx.fillStyle = spec.colours.quiet;
      if (width > room) ctx.fillText(spec.closedLabel, left + 6, chartArea.bottom - 4);
    }
    ctx.restore();
  },
};

const threshold: Plugin<'line'> = {
  id: 'threshold',
  afterDatasetsDraw(chart) {
    const spec = specs.get(chart as unknown as Chart);
    const { y } = chart.scales;
    if (spec?.threshold === undefined || y === undefined) return;
    const { ctx, chartArea } = chart;
    const height = y.getPixelForValue(spec.threshold.value);
    ctx.save();
    ctx.strokeStyle = spec.colours.threshold;
    ctx.setLineDash([4, 4]);
    ctx.beginPath();
    ctx.moveTo(chartArea.left, height);
    ctx.lineTo(chartArea.right, height);
    ctx.stroke();
    ctx.font = fontOf(spec);
    const above = height - chartArea.top > spec.font.size + 6;
    const top = above ? height - spec.font.size - 6 : height + 4;
    // The line may pass behind the words.
    ctx.fillStyle = spec.colours.surface;
    ctx.globalAlpha = 0.8;
    ctx.fillRect(chartArea.left + 2, top - 1, ctx.measureText(spec.threshold.label).width + 4, spec.font.size + 3);
    ctx.globalAlpha = 1;
    ctx.fillStyle = spec.colours.text;
    ctx.textBaseline = 'top';
    ctx.fillText(spec.threshold.label, chartArea.left + 4, top);
    ctx.restore();
  },
};

const lastValue: Plugin<'line'> = {
  id: 'last-value',
  afterDatasetsDraw(chart) {
    const spec = specs.get(chart as unknown as Chart);
    const { x, y } = chart.scales;
    const end = spec?.points.findLast((point) => point.y !== null);
    if (spec === undefined || end === undefined || x === undefined || y === undefined) return;
    const { ctx, chartArea } = chart;
    const half = spec.font.size / 2;
    const height = y.getPixelForValue(end.y as number);
    ctx.save();
    ctx.fillStyle = spec.colours.line;
    ctx.beginPath();
    ctx.arc(x.getPixelForValue(end.x), height, spec.font.size * 0.23, 0, Math.PI * 2);
    ctx.fill();
    ctx.font = `600 ${spec.font.size}px ${spec.font.family}`;
    ctx.fillStyle = spec.colours.text;
    ctx.textBaseline = 'middle';
    const kept = Math.min(Math.max(height, chartArea.top + half), chartArea.bottom - half);
    ctx.fillText(spec.last, x.getPixelForValue(end.x) + 6, kept);
    ctx.restore();
  },
};
