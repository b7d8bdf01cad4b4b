import { html } from 'lit';
import { count, megabytes, millis, rate, ratio } from './format.js';
import { laneTag } from './lane-names.js';
import { spreadBar } from './spread-bar.js';

const COLUMNS = ['lane', 'delivery', 'in flight', 'tasks/s', 'spread', 'of bare', 'of sequential', 'wait p99', 'run p99', 'CPU µs/task', 'cores', 'memory'];

/** What has been measured in a race, as bars and as a table. */
export const raceReport = race => html`
  <div class="race-report" data-testid="race-report" data-race=${race.id}>
    <h3><code>${race.workload}</code> <small>${how(race)}</small></h3>
    <p class="lesson" data-testid="race-standing">${standing(race)}</p>
    <table class="races" role="table" aria-label="what each lane did">
      <thead role="rowgroup"><tr role="row">${COLUMNS.map(column => html`<th role="columnheader" scope="col" data-column=${column}>${column}</th>`)}</tr></thead>
      <tbody role="rowgroup">${rowsOf(race).map(row => rowOf(row, scaleOf(race)))}</tbody>
    </table>
    ${rowsOf(race).filter(({ result }) => result.keptUp === false).map(({ name }) => html`<p class="note">${name} did not keep up with ${count(race.ratePerSecond)} tasks/s: its waits grow the longer it goes on.</p>`)}
    ${race.doubts.length ? html`<p class="error" data-testid="race-doubts">The figures are not reliable: ${race.doubts.join('; ')}.</p>` : ''}
    ${race.split ? html`<p class="note" data-testid="race-split">${split(race)}</p>` : ''}
    <p class="note">${machine(race.environment)}<br>Again: <code>${race.command}</code></p>
  </div>`;

const how = race => [race.mode, race.budget, race.ratePerSecond ? `${count(race.ratePerSecond)} tasks/s` : race.loop,
  `${race.rounds} ${race.rounds === 1 ? 'round' : 'rounds'}`].join(', ');

/** Where one has more in flight than the other, what that gives cannot be told from what the queue costs. */
function split({ split: { queue, queueAndConcurrency, processes }, control, lanes }) {
  const reading = queue ?? queueAndConcurrency;
  const fewer = queue === null ? ` with ${count(control.concurrency)} in flight in place of ${count(lanes.thread.concurrency)}` : '';
  return html`<code>process</code> does ${ratio(reading * processes)} of what <code>thread</code> does:
    ${ratio(reading)} for reading a queue${fewer}, times ${ratio(processes)} for being processes.`;
}

const standing = ({ standing }) => standing.flat().length < 2 ? '' :
  `Fastest first: ${standing.map(names => (names.length === 1 ? names[0] : `a tie of ${names.join(' and ')}`)).join(', then ')}.`;

/** The bare clients first, then the lanes, then what stands beside them. */
const rowsOf = race => [
  ...bareRow('bare client', race.bareClient, { delivery: 'consumer group', ratioToBareClient: 1 }),
  ...bareRow('bare share client', race.bareShareClient, { delivery: 'share group', ratioToBareShareClient: 1 }),
  ...Object.entries(race.lanes).map(([name, result]) => ({ name, lane: name, result })),
  ...Object.entries(race.ledger).map(([lane, result]) => ({ name: `${lane}, ledger`, lane, result })),
  ...Object.entries(race.inMemory).map(([lane, result]) => ({ name: `${lane}, in memory`, lane, result })),
  ...(race.control ? [{ name: 'thread, share group', lane: 'thread', result: race.control }] : []),
];

const bareRow = (name, result, more) => (result ? [{ name, result: { ...result, ...more } }] : []);

const highest = rows => Math.max(0, ...rows.map(({ result }) => result.tasksPerSecond?.max ?? 0));

/** What fills a bar's width: the fastest of all, unless the bare clients, which run no task, dwarf every lane. */
function scaleOf(race) {
  const rows = rowsOf(race);
  const lanes = highest(rows.filter(({ lane }) => lane));
  const all = highest(rows);
  return lanes && all > 10 * lanes ? lanes : all;
}

function rowOf({ name, lane, result }, most) {
  const { tasksPerSecond: speed, fault } = result;
  const cells = [
    result.delivery, count(result.concurrency), rate(speed?.median), speed ? (speed.median > most ? 'off the scale' : spreadBar(speed, most)) : html`<span class="error">${fault}</span>`,
    ofOther(speed && (result.ratioToBareClient ?? result.ratioToBareShareClient)), ofOther(result.ratioToSequential), millis(result.waitMsPercentiles?.p99),
    millis(result.runMsPercentiles?.p99), count(result.cpuMicrosPerTask), ratio(result.onCpuMean), megabytes(result.rssBytes),
  ];
  return html`
    <tr role="row" data-lane=${lane ?? ''} data-row=${name}>
      <th role="rowheader" scope="row" data-column="lane">${lane === name ? laneTag(name) : name}</th>
      ${cells.map((content, column) => html`<td role="cell" data-column=${COLUMNS[column + 1]}>${content}</td>`)}
    </tr>`;
}

/** Of work that takes long, next to nothing of what the bare client does. */
const ofOther = share => (share > 0 && share < 0.005 ? '<0.01' : ratio(share || null));

const machine = ({ cores, cpu, jdk, kafka, version, commit, jvmFlags, coresOfOthers }) =>
  [`${cores} ${cores === 1 ? 'core' : 'cores'}${cpu ? ` of ${cpu}` : ''}`, `JDK ${jdk}`, `Kafka ${kafka}`, `Lanes ${version}${commit ? ` (${commit})` : ''}`,
    ...(jvmFlags.length ? [`each JVM with ${jvmFlags.join(' ')}`] : []), `other programs ${ratio(coresOfOthers)} cores`].join(', ');
