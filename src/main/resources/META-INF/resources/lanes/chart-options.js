import { axisNumber, count, rate } from './format.js';
import { LANES, laneColor, pageColor } from './lane-names.js';

/** What stays the same between two updates of a chart: axes, tooltip, colours of the scheme. */
export function chartFrame(logarithmic) {
  const muted = pageColor('--muted');
  const rule = { lineStyle: { color: pageColor('--rule') } };
  const label = { color: muted, fontSize: 11 };
  return {
    animation: false,
    grid: { left: 44, right: 14, top: 12, bottom: 24 },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: { ...tooltip(logarithmic), backgroundColor: pageColor('--surface'), borderColor: pageColor('--rule'),
      textStyle: { color: pageColor('--ink'), fontSize: 12 } },
    xAxis: { type: 'value', min: -120, max: 0, interval: 30, axisLine: rule, axisTick: { show: false },
      splitLine: { show: false }, axisLabel: { ...label, formatter: ago } },
    yAxis: logarithmic ? logAxis(label, rule) : linearAxis(label, rule),
  };
}

export function chartLines(lineOf, logarithmic) {
  return {
    series: LANES.map(({ name }) => ({
      name, type: 'line', showSymbol: false, sampling: 'lttb', silent: true,
      lineStyle: { width: 2, color: laneColor(name) }, itemStyle: { color: laneColor(name) },
      data: lineOf(name).map(([x, y]) => [x, toAxis(y, logarithmic)]),
    })),
  };
}

/** Idle lanes stand at zero, which a logarithm does not have: up to 1 the log scale is linear. */
const toAxis = (value, logarithmic) => (logarithmic && value > 1 ? 1 + Math.log10(value) : value);
const fromAxis = (y, logarithmic) => (logarithmic && y > 1 ? 10 ** (y - 1) : y);

const upright = { type: 'value', min: 0, axisLine: { show: false }, axisTick: { show: false } };

const linearAxis = (label, rule) => ({
  ...upright, max: ({ max }) => (max > 4 ? null : 4), splitNumber: 4, splitLine: rule,
  axisLabel: { ...label, formatter: axisNumber },
});

const logAxis = (label, rule) => ({
  ...upright, max: ({ max }) => Math.max(2, Math.ceil(max)), interval: 1, splitLine: rule,
  axisLabel: { ...label, formatter: y => axisNumber(fromAxis(y, true)) },
});

const ago = x => (x === 0 ? 'now' : `${-x} s ago`);

const tooltip = logarithmic => ({
  trigger: 'axis',
  renderMode: 'richText',
  transitionDuration: 0,
  axisPointer: { lineStyle: { color: pageColor('--muted') } },
  formatter: lines => [ago(Math.round(lines[0].value[0])),
    ...lines.map(({ seriesName, marker, value }) => `${marker}${seriesName}  ${exact(value[1] === null ? null : fromAxis(value[1], logarithmic))}`)].join('\n'),
});

/** Tasks in flight are whole; the way through the log scale leaves a trace of rounding on them. */
const exact = value => (Math.abs(value - Math.round(value)) < 1e-6 && value !== null ? count(value) : rate(value));
