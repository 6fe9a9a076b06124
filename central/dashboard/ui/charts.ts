// Channels over time. A gap is a gap: what was not measured is not drawn, and the strip under each
// chart shows how much of every moment was measured.
import uPlot from "uplot";
import { fill, type Measure } from "./events";

export interface Group {
  key: string;
  label: string;
  unit: string;
  low: number;
  high: number;
  digits: number;
  channels: { name: string; label: string }[];
}

const SPAN_S = 120;
const HEIGHT_PX = 70;
const STRIP_PX = 4;
/** Readings come ten times a second, windows once; a longer silence is a gap. */
const SILENCE_S = 2.5;
const MOST = 2_400;

interface Series {
  times: number[];
  values: (number | null)[][];
  coverage: number[];
}

interface Chart {
  group: Group;
  series: Series;
  plot: uPlot;
  figure: HTMLElement;
  numbers: HTMLElement[];
  covered: HTMLElement | null;
}

/** All charts of a room, each in its `<figure data-group>`. */
export class Charts {
  private charts: Chart[] = [];
  private dirty = false;

  constructor(
    private readonly groups: Group[],
    private readonly notMeasured: string,
    /** "measured {share}%" */
    private readonly measured: string,
  ) {
    this.build();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.rebuild());
    new ResizeObserver(() => this.resize()).observe(document.getElementById("charts") ?? document.body);
    void document.fonts.ready.then(() => this.rebuild()); // the numbers on the axes
    setInterval(() => this.draw(), 100);
  }

  /** Adds one moment; `fresh` says that it happens now, so that the numbers beside the charts follow. */
  add(wallNs: number, measures: Record<string, Measure>, fresh: boolean): void {
    const at = wallNs / 1e9;
    for (const chart of this.charts) {
      push(chart, at, measures);
      if (fresh) {
        this.tell(chart, measures, wallNs);
      }
    }
    this.dirty = true;
  }

  private build(): void {
    this.charts = this.groups.flatMap((group) => {
      const figure = document.querySelector<HTMLElement>(`figure[data-group="${group.key}"]`);
      const place = figure?.querySelector<HTMLElement>(".plot");
      if (figure === null || place === null || place === undefined) {
        return [];
      }
      const series: Series = { times: [], values: group.channels.map(() => []), coverage: [] };
      place.replaceChildren();
      const chart: Chart = {
        group,
        series,
        figure,
        plot: makePlot(group, place, () => chart.series),
        numbers: [...figure.querySelectorAll<HTMLElement>(".number")],
        covered: figure.querySelector<HTMLElement>(".covered"),
      };
      return [chart];
    });
  }

  private rebuild(): void {
    const kept = this.charts.map((chart) => chart.series);
    this.charts.forEach((chart) => chart.plot.destroy());
    this.build();
    this.charts.forEach((chart, index) => (chart.series = kept[index] ?? chart.series));
    this.dirty = true;
  }

  private resize(): void {
    for (const { plot, figure } of this.charts) {
      const width = figure.querySelector(".plot")?.clientWidth ?? 0;
      if (width > 0 && width !== plot.width) {
        plot.setSize({ width, height: HEIGHT_PX });
      }
    }
  }

  private tell({ group, numbers, figure, covered }: Chart, measures: Record<string, Measure>, wallNs: number): void {
    group.channels.forEach((channel, index) => {
      const [value] = measures[channel.name] ?? [null, 0];
      const place = numbers[index];
      if (place !== undefined) {
        place.textContent = value === null ? "–" : `${written(value, group.digits)}${group.unit}`;
        place.classList.toggle("unmeasured", value === null);
      }
    });
    const share = coverageOf(group, measures);
    if (covered !== null) {
      covered.textContent =
        share === 0 ? this.notMeasured : fill(this.measured, { share: Math.round(share * 100) });
    }
    figure.dataset["wallNs"] = String(wallNs);
    figure.dataset["shownMs"] = String(Date.now());
  }

  private draw(): void {
    if (!this.dirty || document.hidden) {
      return;
    }
    this.dirty = false;
    for (const { plot, series } of this.charts) {
      const last = series.times.at(-1) ?? Date.now() / 1e3;
      plot.batch(() => {
        plot.setData([series.times, ...series.values], false);
        plot.setScale("x", { min: last - SPAN_S, max: last });
      });
    }
  }
}


/** With a real minus, and none before a zero. */
function written(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

function coverageOf(group: Group, measures: Record<string, Measure>): number {
  const shares = group.channels.map(({ name }) => measures[name]?.[1] ?? 0);
  return shares.length > 0 ? Math.min(...shares) : 0;
}

function push({ series, group }: Chart, at: number, measures: Record<string, Measure>): void {
  const previous = series.times.at(-1);
  if (previous !== undefined && at <= previous) {
    return;
  }
  if (previous !== undefined && at - previous > SILENCE_S) {
    series.times.push(previous + 0.01, at - 0.01);
    series.values.forEach((column) => column.push(null, null));
    series.coverage.push(0, 0);
  }
  series.times.push(at);
  group.channels.forEach(({ name }, index) => series.values[index]?.push(measures[name]?.[0] ?? null));
  series.coverage.push(coverageOf(group, measures));
  if (series.times.length > MOST) {
    const drop = series.times.length - MOST;
    series.times.splice(0, drop);
    series.values.forEach((column) => column.splice(0, drop));
    series.coverage.splice(0, drop);
  }
}

/** A colour of the tokens as the canvas wants it. */
function ink(token: string): string {
  const probe = document.createElement("i");
  probe.style.setProperty("color", `var(${token})`);
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function makePlot(group: Group, place: HTMLElement, series: () => Series): uPlot {
  const [accent, second, line, faint] = [ink("--accent"), ink("--text-2"), ink("--line"), ink("--text-3")];
  const looks = [
    { stroke: accent, width: 1.75 },
    { stroke: second, width: 1.5, dash: [3, 3] },
  ];
  const options: uPlot.Options = {
    width: Math.max(place.clientWidth, 160),
    height: HEIGHT_PX,
    padding: [8, 0, STRIP_PX + 3, 0],
    cursor: { show: false },
    legend: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: { x: { time: false, range: (_, low, high) => [low, high] }, y: { range: [group.low, group.high] } },
    axes: [
      { show: false },
      {
        size: 34,
        gap: 4,
        font: '11px "Pretendard Variable", sans-serif',
        stroke: faint,
        grid: { stroke: line, width: 1 },
        ticks: { show: false },
        splits: () => [group.low, (group.low + group.high) / 2, group.high],
        values: (_, splits) => splits.map((split) => String(Math.round(split * 100) / 100)),
      },
    ],
    series: [
      {},
      ...group.channels.map((_, index) => ({ spanGaps: false, points: { show: false }, ...looks[index] })),
    ],
    hooks: { draw: [(plot) => drawCoverage(plot, series(), accent, line)] },
  };
  return new uPlot(options, [[], ...group.channels.map(() => [])], place);
}

/** The strip: full height of ink where all was measured, thinner where less was. */
function drawCoverage(plot: uPlot, { times, coverage }: Series, accent: string, line: string): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const top = bbox.top + bbox.height + 3 * ratio;
  const full = STRIP_PX * ratio;
  ctx.save();
  ctx.fillStyle = line;
  ctx.fillRect(bbox.left, top + full - ratio, bbox.width, ratio);
  ctx.fillStyle = accent;
  for (let index = 0; index < times.length; index += 1) {
    const share = coverage[index] ?? 0;
    const at = times[index] ?? 0;
    const next = Math.min(times[index + 1] ?? at + 0.1, at + 1.2);
    const left = Math.max(Math.floor(plot.valToPos(at, "x", true)), bbox.left);
    const right = Math.min(Math.ceil(plot.valToPos(next, "x", true)), bbox.left + bbox.width);
    if (share > 0 && right > left) {
      ctx.fillRect(left, top + full * (1 - share), right - left, full * share);
    }
  }
  ctx.restore();
}
