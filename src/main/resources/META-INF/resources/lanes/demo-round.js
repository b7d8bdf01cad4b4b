import { html } from 'lit';
import { LANES, laneTag } from './lane-names.js';
import { ratio, seconds } from './format.js';
import { threadName } from './task-row.js';
import { demoTimeline } from './demo-timeline.js';

const COLUMNS = ['lane', 'seconds', 'processes', 'threads', 'CPU s / wall s', 'why'];

/** One round of the demo: what each lane took, and why, as a table and as a picture. All five rows are there from the start. */
export const demoRound = (round, { cores, state }) => html`
  <div class="demo-round">
    <h3>${round.round} <small>${taskWords(round, cores)}</small></h3>
    <p class="lesson">${round.lesson}</p>
    <table class="demo" role="table" data-testid="demo-table-${round.round}" aria-label="the ${round.round} round, by lane">
      <thead role="rowgroup"><tr role="row">${COLUMNS.map(column => html`<th role="columnheader" scope="col" data-column=${column}>${column}</th>`)}</tr></thead>
      <tbody role="rowgroup">${LANES.map(({ name }) => laneRow(name, round.lanes.find(({ lane }) => lane === name), state))}</tbody>
    </table>
    ${demoTimeline(round)}
  </div>`;

const taskWords = ({ type, payload, taskSeconds }, cores) =>
  type ? html`three times <code>${type} ${JSON.stringify(payload)}</code>, ${seconds(taskSeconds)} s each when alone, ${cores} ${cores === 1 ? 'core' : 'cores'}` : '';

function laneRow(name, result, state) {
  const cells = result
    ? [seconds(result.seconds), result.processes.join(', '), threads(result), ratio(result.cpuPerWall), result.why]
    : ['', '', '', '', state === 'running' ? 'to come' : ''];
  return html`
    <tr role="row" ?data-pending=${!result}>
      <th role="rowheader" scope="row" data-column="lane">${laneTag(name)}</th>
      ${cells.map((content, column) => html`<td role="cell" data-column=${COLUMNS[column + 1]}>${content}</td>`)}
    </tr>`;
}

const threads = ({ threads, tasks }) => threads.map(thread =>
  html`<span class="thread">${threadName({ thread, virtualThread: tasks.some(task => task.thread === thread && task.virtualThread) })}</span>`);
