import { html } from 'lit';
import { PageElement } from './element.js';
import { FilledOnOpen, Live } from './live.js';
import { ask } from './api.js';
import { raceReport } from './race-report.js';

const SHOWN = 12;

const over = ({ state }) => !['waiting', 'running'].includes(state);

const withoutFigures = ({ id, state, error, command }) => html`
  <p data-testid="race-without-figures" data-race=${id}>The race is ${state}${error ? `: ${error}` : ''}.</p>
  <p class="note">Again: <code>${command}</code></p>`;

/** The races that have been run, the newest first, and the report of one of them. */
class RaceReports extends PageElement {
  static properties = { races: { state: true }, chosen: { state: true } };

  ended = new Live(this, 'race', race => this.hear(race));
  filled = new FilledOnOpen(this, () => this.load());

  constructor() {
    super();
    this.races = [];
  }

  render() {
    const ended = this.races.filter(over).toReversed();
    const race = ended.find(({ id }) => id === this.chosen) ?? ended[0];
    if (!race) return html`<p class="empty">No race has been run here yet.</p>`;
    return html`
      <ul class="race-list" aria-label="races">${ended.slice(0, SHOWN).map(({ id, workload, mode, state }) => html`
        <li><button type="button" class="quiet" aria-pressed=${id === race.id} @click=${() => (this.chosen = id)}>
          <code>${workload}</code> ${mode}${state === 'finished' ? '' : html` <span class="error">${state}</span>`}</button></li>`)}</ul>
      ${race.state === 'finished' ? raceReport(race) : withoutFigures(race)}`;
  }

  hear(race) {
    if (!over(race)) return;
    this.races = [...this.races.filter(({ id }) => id !== race.id), race];
    this.chosen = race.id;
  }

  async load() {
    this.races = await ask('/api/races').catch(() => this.races);
  }
}

customElements.define('race-reports', RaceReports);
