import { html } from 'lit';
import { PageElement } from './element.js';
import { FilledOnOpen, Live } from './live.js';
import { ask } from './api.js';
import { LANES } from './lane-names.js';
import { demoRound } from './demo-round.js';

const ROUNDS = [
  { round: 'waiting', lesson: 'Each task only waits. A lane that can have several in flight at once waits for all of them at the same time.' },
  { round: 'computing', lesson: 'Each task only computes. In flight is not enough now: what counts is how many cores a lane can use.' },
];
const STEPS = ROUNDS.length * LANES.length;

/** Three tasks on each lane, first waiting, then computing: the whole subject in half a minute. */
class DemoPanel extends PageElement {
  static properties = { demo: { state: true }, problem: { state: true } };

  progress = new Live(this, 'demo', demo => (this.demo = demo));
  lastRun = new FilledOnOpen(this, () => this.load());

  constructor() {
    super();
    this.demo = { state: 'not run', rounds: [] };
  }

  render() {
    const { state } = this.demo;
    return html`
      <div class="demo-start">
        <button type="button" class="primary" data-testid="demo-button" ?disabled=${state === 'running'} @click=${this.run}>
          ${state === 'running' ? 'Running' : state === 'not run' ? 'Run the demo' : 'Run the demo again'}</button>
        <p data-testid="demo-status" data-state=${state} role="status">${this.status()}</p>
        <progress aria-label="progress of the demo" max=${STEPS} .value=${this.lanesDone()} ?hidden=${state !== 'running'}></progress>
      </div>
      ${state === 'not run' ? '' : ROUNDS.map(({ round, lesson }) =>
        demoRound({ round, lesson, lanes: [], ...this.roundNamed(round) }, this.demo))}`;
  }

  status() {
    const { state, step, error } = this.demo;
    if (this.problem) return html`<span class="error">${this.problem.message}</span>`;
    if (state === 'running') return step ?? 'starting';
    if (state === 'failed') return html`<span class="error">The demo failed: ${error}</span>`;
    if (state === 'finished') return 'Finished. The same three tasks, ten times; only the lane differs.';
    return 'Three tasks on each of the five lanes, first waiting, then computing. About 25 seconds.';
  }

  lanesDone() {
    return this.demo.rounds.reduce((done, round) => done + round.lanes.length, 0);
  }

  roundNamed(name) {
    return this.demo.rounds.find(({ round }) => round === name);
  }

  async load() {
    this.demo = await ask('/api/demo').catch(() => this.demo);
  }

  /** Runs from the click on, not from the answer: until then the last run's end would be shown as this one's. */
  async run() {
    this.problem = undefined;
    this.demo = { state: 'running', rounds: [] };
    try {
      this.demo = await ask('/api/demo', { method: 'POST' });
    } catch (problem) {
      this.problem = problem;
      await this.load();
    }
  }
}

customElements.define('demo-panel', DemoPanel);
