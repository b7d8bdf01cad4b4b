import { html } from 'lit';
import { PageElement } from './element.js';
import { Live } from './live.js';
import { inOrder, laneTag } from './lane-names.js';
import { count, megabytes, percent } from './format.js';

const COLUMNS = ['pid', 'host', 'lanes', 'running', 'CPU', 'RSS', 'restarts', 'version'];
/** Every process says something once a second. */
const SILENT_MS = 3_000;

/** Every process that gives a heartbeat: the app, and the worker processes of the `process` lane. */
class ProcessList extends PageElement {
  processes = new Live(this, 'processes');

  render() {
    const processes = this.processes.value ?? [];
    const newest = Math.max(...processes.map(heartbeat));
    return html`
      <p class="sub"><span>The app, and the worker processes of the <code>process</code> lane, by their heartbeats</span></p>
      <table class="processes" role="table" aria-labelledby="processes-title">
        <thead role="rowgroup"><tr role="row">${COLUMNS.map(column => html`<th role="columnheader" scope="col" data-column=${column}>${column}</th>`)}</tr></thead>
        <tbody role="rowgroup">${processes.map(process => this.row(process, newest - heartbeat(process)))}</tbody>
      </table>
      ${processes.length ? '' : html`<p class="empty">No heartbeat yet.</p>`}`;
  }

  /** Silence is told from the newest heartbeat, not from this machine's clock, which may be another's. */
  row(process, silentMs) {
    const silent = silentMs > SILENT_MS;
    const cells = [
      html`${process.pid}${silent ? html` <em class="error">silent for ${Math.round(silentMs / 1_000)} s</em>` : ''}`,
      process.host, html`<span class="lane-tags">${inOrder(process.lanes).map(laneTag)}</span>`, count(process.running), percent(process.cpuPercent),
      megabytes(process.rssBytes), count(process.restarts), process.version,
    ];
    return html`
      <tr role="row" data-pid=${process.pid} ?data-silent=${silent}>
        ${cells.map((content, column) => html`<td role="cell" data-column=${COLUMNS[column]}>${content}</td>`)}
      </tr>`;
  }
}

const heartbeat = ({ lastHeartbeatAt }) => Date.parse(lastHeartbeatAt) || 0;

customElements.define('process-list', ProcessList);
