import { html } from 'lit';
import { PageElement } from './element.js';
import { FilledOnOpen } from './live.js';
import { ask } from './api.js';
import { experimentCard } from './experiment-card.js';

const LOOK_AGAIN_MS = 700;
const BUSY = ['waiting', 'running'];

/** All claims with their verdicts, each of which can be measured. */
class ExperimentList extends PageElement {
  static properties = { experiments: { state: true }, guesses: { state: true }, problem: { state: true } };

  filled = new FilledOnOpen(this, () => this.load());

  constructor() {
    super();
    this.experiments = [];
    this.guesses = {};
  }

  render() {
    const measured = this.experiments.filter(({ state }) => state === 'finished').length;
    const busy = this.experiments.some(({ state }) => BUSY.includes(state));
    return html`
      <div class="demo-start">
        <button type="button" class="primary" data-testid="experiments-all" ?disabled=${busy || !this.experiments.length} @click=${this.measureAll}>
          ${busy ? 'Measuring' : 'Measure all'}</button>
        <p role="status" data-testid="experiments-status">${this.problem
          ? html`<span class="error">${this.problem.message}</span>`
          : `${measured} of ${this.experiments.length} claims measured here; all of them take some minutes.`}</p>
      </div>
      <ol class="experiments">${this.experiments.map(experiment => experimentCard(experiment, {
        guess: this.guesses[experiment.name],
        guessed: value => (this.guesses = { ...this.guesses, [experiment.name]: value }),
        measure: () => this.measure([experiment]),
      }))}</ol>`;
  }

  measureAll() {
    return this.measure(this.experiments);
  }

  async measure(experiments) {
    this.problem = undefined;
    try {
      for (const { name } of experiments) await ask(`/api/experiments/${name}`, { method: 'POST' });
    } catch (problem) {
      this.problem = problem;
    }
    await this.load();
  }

  /** And again, as long as something is measured. */
  async load() {
    clearTimeout(this.timer);
    this.experiments = await ask('/api/experiments').catch(() => this.experiments);
    if (this.experiments.some(({ state }) => BUSY.includes(state))) this.timer = setTimeout(() => this.load(), LOOK_AGAIN_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }
}

customElements.define('experiment-list', ExperimentList);
