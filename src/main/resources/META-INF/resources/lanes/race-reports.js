import { html } from 'lit';
import { PageElement } from './element.js';
import { FilledOnOpen, Live } from './live.js';
import { ask } from './api.js';
import { raceReport } from './race-report.js';

const SHOWN = 12;

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
    const finished = this.races.filter(({ state }) => state === 'finished').toReversed();
    const race = finished.find(({ id }) => id === this.chosen) ?? finished[0];
    if (!race) return html`<p class="empty">No race has been run here yet.</p>`;
    return html`
      <ul class="race-list" aria-label="races">${finished.slice(0, SHOWN).map(({ id, workload, mode }) => html`
        <li><button type="button" class="quiet" aria-pressed=${id === race.id} @click=${() => (this.chosen = id)}>
          <code>${workload}</code> ${mode}</button></li>`)}</ul>
      ${raceReport(race)}`;
  }

  hear(race) {
    if (race.state !== 'finished') return;
    this.races = [...this.races.filter(({ id }) => id !== race.id), race];
    this.chosen = race.id;
  }

  async load() {
    this.races = await ask('/api/races').catch(() => this.races);
  }
}

customElements.define('race-reports', RaceReports);
