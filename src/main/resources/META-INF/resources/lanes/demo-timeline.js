import { html, svg } from 'lit';
import { LANES, laneTag } from './lane-names.js';
import { millis } from './format.js';

const BAR = 13;
const GAP = 3;
const HEIGHT = 3 * (BAR + GAP) + GAP;

/** When tasks A, B and C ran on each lane: bars under each other overlap in time, bars on a staircase do not. */
export function demoTimeline({ round, lanes, taskSeconds = 1 }) {
  const spanMs = Math.max(taskSeconds * 3_100, ...lanes.flatMap(({ tasks }) => tasks.map(({ endMs }) => endMs ?? 0)));
  const ticks = ticksOf(spanMs);
  return html`
    <div class="timeline" role="img" aria-label=${`when each task of the ${round} round ran: ${lanes.map(inWords).join('; ')}`}>
      ${LANES.map(({ name }) => html`
        <div class="timeline-lane">
          ${laneTag(name)}
          <svg data-lane=${name} width="100%" height=${HEIGHT}>
            ${ticks.map(({ at }) => svg`<line x1=${at} x2=${at} y2=${HEIGHT}></line>`)}
            ${lanes.find(({ lane }) => lane === name)?.tasks.map((task, row) => bar(task, row, spanMs))}
          </svg>
        </div>`)}
      <svg class="timeline-axis" height="20">
        ${ticks.map(({ at, label }, tick) => svg`<text x=${at} y="14" text-anchor=${tick ? 'middle' : 'start'}>${label}</text>`)}
      </svg>
    </div>`;
}

function bar({ name, startMs, endMs, process, thread }, row, spanMs) {
  const y = GAP + row * (BAR + GAP);
  return svg`
    <g>
      <title>${name}: ${millis(endMs - startMs)}, process ${process}, ${thread}</title>
      <rect x=${share(startMs, spanMs)} y=${y} width=${share(endMs - startMs, spanMs)} height=${BAR} rx="3"></rect>
      <text x=${share(startMs, spanMs)} dx="6" y=${y + 10}>${name}</text>
    </g>`;
}

function ticksOf(spanMs) {
  const stepMs = [100, 250, 500, 1_000, 2_000, 5_000, 10_000].find(step => spanMs / step <= 6) ?? 30_000;
  return Array.from({ length: Math.floor(spanMs / stepMs) + 1 }, (_, tick) => tick * stepMs)
    .map(time => ({ at: share(time, spanMs), label: `${time / 1_000} s` }));
}

const share = (ms, spanMs) => `${Math.max(0, (100 * ms) / spanMs) || 0}%`;

const inWords = ({ lane, tasks }) =>
  `${lane} ${tasks.map(({ name, startMs, endMs }) => `${name} ${millis(startMs)} to ${millis(endMs)}`).join(', ')}`;
