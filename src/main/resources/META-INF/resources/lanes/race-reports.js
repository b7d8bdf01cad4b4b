import { html } from 'lit';
import { PageElement } from './element.js';
import { FilledOnOpen, Live } from './live.js';
import { ask } from './api.js';
import { clockTime } from './format.js';
import { raceReport } from './race-report.js';

const SHOWN = 12;

const over = ({ state }) => !['waiting', 'running'].includes(state);
const measured = ({ raw }) => raw.length > 0;
const withoutFigures = ({ lanes }) => Object.values(lanes).some(({ delivered }) => !delivered);
/** One that runs has something to show from its first figures on. */
const shows = race => over(race) || measured(race);

const unfinished = race => html`
  <p data-testid="race-unfinished" data-race=${race.id}>The race is ${race.state}${race.error ? `: ${race.error}` : ''}${measured(race) ? '. Its rounds so far:' : '.'}</p>
  ${measured(race) ? raceReport(race) : html`<p class="note">Again: <code>${race.command}</code></p>`}`;

/** What is to be said in its tab; nothing of one that went well. */
function stateOf(race) {
  if (race.state === 'finished') return withoutFigures(race) ? { text: 'a lane failed', mark: 'error' } : { text: '', mark: '' };
  return { text: race.state, mark: over(race) ? 'error' : 'note' };
}

/** The time, and the day too if it is another. */
function whenever(time) {
  const day = time.toDateString() === new Date().toDateString() ? '' : `${time.toLocaleDateString('en-CA')} `;
  return day + clockTime(time);
}

/** The races that have been run, or run, the newest first, and the report of one of them. */
class RaceReports extends PageElement {
  static properties = { races: { state: true }, chosen: { state: true }, all: { state: true } };

  progress = new Live(this, 'race', race => this.hear(race));
  filled = new FilledOnOpen(this, () => this.load());

  render() {
    if (!this.races) return html`<p class="empty">Reading the reports …</p>`;
    const races = this.races.toReversed();
    const race = races.find(({ id }) => id === this.chosen) ?? races.find(shows) ?? races[0];
    if (!race) return html`<p class="empty">No race has been run here yet.</p>`;
    return html`
      <ul class="race-list" aria-label="races">${races.slice(0, this.all ? undefined : SHOWN).map(one => this.tab(one, one === race))}
        ${races.length > SHOWN && !this.all ? html`<li><button type="button" class="quiet" data-testid="race-all" @click=${() => (this.all = true)}>all ${races.length}</button></li>` : ''}</ul>
      ${race.state === 'waiting' ? html`<button type="button" class="quiet" data-testid="race-take-back" @click=${() => this.cancel(race)}>Cancel</button>` : ''}
      ${race.state === 'finished' ? raceReport(race) : unfinished(race)}`;
  }

  tab(race, chosen) {
    const { id, workload, mode, startedAt } = race;
    const { text, mark } = stateOf(race);
    return html`
      <li><button type="button" class="quiet" data-race=${id} aria-pressed=${chosen} @click=${() => (this.chosen = id)}>
        <code>${workload}</code> ${mode}${startedAt ? ` ${whenever(new Date(startedAt))}` : ''} <span class=${mark}>${text}</span></button></li>`;
  }

  hear(race) {
    this.heard.set(race.id, race);
    if (this.races) this.take(race);
  }

  take(race) {
    const known = this.races.find(({ id }) => id === race.id);
    // Only then, as another one may be read meanwhile.
    if (measured(race) && !(known && measured(known))) this.chosen = race.id;
    this.races = known ? this.races.map(one => (one.id === race.id ? race : one)) : [...this.races, race];
  }

  async cancel(race) {
    this.hear(await ask(`/api/races/${race.id}`, { method: 'DELETE' }).catch(() => race));
  }

  async load() {
    const heard = (this.heard = new Map());
    const races = await ask('/api/races').catch(() => this.races ?? []);
    // Another answer is on its way, or what was heard meanwhile may be newer than this one.
    if (heard !== this.heard) return;
    this.races = races;
    heard.forEach(race => this.take(race));
  }
}

customElements.define('race-reports', RaceReports);
