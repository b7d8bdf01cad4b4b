import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { FilledOnOpen, Live } from './live.js';
import { ask } from './api.js';
import { taskRow } from './task-row.js';

const ROWS = 20;
/** Twenty tasks a second cannot be read: rows change at most once a second. */
const UPDATE_MS = 1_000;
const REFRESH_MS = 4_000;
const COLUMNS = ['id', 'type', 'lane', 'state', 'pid', 'thread', 'wait', 'run', 'error'];

/** The tasks that ended last, as far as the sample shows them. Stands still while it is read. */
class LatestTasks extends PageElement {
  static properties = { rows: { state: true }, paused: { state: true }, reading: { state: true } };

  arrived = new Map();
  shownAt = 0;
  ended = new Live(this, 'task', task => this.arrive(task));
  listOnOpen = new FilledOnOpen(this, () => this.fill());

  constructor() {
    super();
    this.rows = [];
  }

  get held() {
    return this.paused || this.reading;
  }

  render() {
    return html`
      <p class="sub"><span>A sample of at most 20 a second, newest first</span>
        <span class="said">${this.held ? (this.paused ? 'paused' : 'held while you read') : ''}</span>
        <button type="button" class="quiet" aria-pressed=${this.paused ? 'true' : 'false'} @click=${this.pause}>Pause</button></p>
      <div class="task-rows" @pointerenter=${this.read} @pointerleave=${this.goOn} @focusin=${this.read} @focusout=${this.goOn}>
        <table class="tasks" data-testid="latest-tasks" role="table" aria-labelledby="latest-title">
          <thead role="rowgroup"><tr role="row">
            ${COLUMNS.map(column => html`<th role="columnheader" scope="col" data-column=${column}>${column}</th>`)}
          </tr></thead>
          <tbody role="rowgroup">${repeat(this.rows, task => task.id, taskRow)}</tbody>
        </table>
        ${this.rows.length ? '' : html`<p class="empty">No tasks yet. <a href="#publish">Publish one</a>, or <a href="#demo">run the demo</a>.</p>`}
      </div>`;
  }

  arrive(task) {
    this.arrived.delete(task.id);
    this.arrived.set(task.id, task);
    if (this.arrived.size > ROWS) this.arrived.delete(this.arrived.keys().next().value);
    this.timer ??= setTimeout(() => this.show(), Math.max(0, this.shownAt + UPDATE_MS - Date.now()));
  }

  show() {
    this.timer = undefined;
    if (this.held) return;
    this.shownAt = Date.now();
    const staying = this.rows.filter(task => !this.arrived.has(task.id));
    this.rows = [...[...this.arrived.values()].reverse(), ...staying].slice(0, ROWS);
    this.arrived.clear();
    this.refreshLater();
  }

  /** Only a sample of the ends is heard: a row that still says RUNNING may have missed its own. */
  refreshLater() {
    clearTimeout(this.refresh);
    if (this.rows.some(task => !task.state.match(/SUCCEEDED|DEAD|CANCELLED/))) this.refresh = setTimeout(() => this.fill(), REFRESH_MS);
  }

  async fill() {
    const list = await ask(`/api/tasks?limit=${ROWS}`).catch(() => undefined);
    if (list && !this.held) this.rows = list.tasks.slice(0, ROWS);
    this.refreshLater();
  }

  pause() {
    this.paused = !this.paused;
    if (!this.held) this.show();
  }

  read() {
    this.reading = true;
  }

  goOn(event) {
    if (event.currentTarget.contains(event.relatedTarget) || event.currentTarget.matches(':focus-within')) return;
    this.reading = false;
    if (!this.held) this.show();
  }
}

customElements.define('latest-tasks', LatestTasks);
