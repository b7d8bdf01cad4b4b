import { html } from 'lit';
import { PageElement } from './element.js';
import { FilledOnOpen, Live } from './live.js';
import { ask } from './api.js';
import { raceReport } from './race-report.js';

const SHOWN = 12;

const over = ({ state }) => !['waiting', 'running'].includes(state);
const measured = ({ raw }) => raw.length > 0;
/** One that runs is shown from its first figures on. */
const shown = race => over(race) || measured(race);

const unfinished = race => html`
  <p data-testid="race-unfinished" data-race=${race.id}>The race is ${race.state}${race.error ? `: ${race.error}` : ''}${measured(race) ? '. Its rounds so far:' : '.'}</p>
  ${measured(race) ? raceReport(race) : html`<p class="note">Again: <code>${race.command}</code></p>`}`;

/** The races that have been run, or run, the newest first, and the report of one of them. */
class RaceReports extends PageElement {
  static properties = { races: { state: true }, chosen: { state: true } };

  ended = new Live(this, 'race', race => this.hear(race));
  filled = new FilledOnOpen(this, () => this.load());

  constructor() {
    super();
    this.races = [];
  }

  render() {
    const races = this.races.filter(shown).toReversed();
    const race = races.find(({ id }) => id === this.chosen) ?? races[0];
    if (!race) return html`<p class="empty">No race has been run here yet.</p>`;
    return html`
      <ul class="race-list" aria-label="races">${races.slice(0, SHOWN).map(({ id, workload, mode, state }) => html`
        <li><button type="button" class="quiet" aria-pressed=${id === race.id} @click=${() => (this.chosen = id)}>
          <code>${workload}</code> ${mode}${state === 'finished' ? '' : html` <span class=${state === 'running' ? 'note' : 'error'}>${state}</span>`}</button></li>`)}</ul>
      ${race.state === 'finished' ? raceReport(race) : unfinished(race)}`;
  }

  hear(race) {
    if (!shown(race)) return;
    const others = this.races.filter(({ id }) => id !== race.id);
    // Another one may be read meanwhile.
    if (!this.races.some(({ id }) => id === race.id)) this.chosen = race.id;
    this.races = [...others, race];
  }

  async load() {
    this.races = await ask('/api/races').catch(() => this.races);
  }
}

customElements.define('race-reports', RaceReports);
