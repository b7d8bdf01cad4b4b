import { html } from 'lit';
import { PageElement } from './element.js';
import { FilledOnOpen, Live } from './live.js';
import { ask } from './api.js';
import { count } from './format.js';
import { LANES, laneTag } from './lane-names.js';
import { meterBar } from './meter.js';

const MODES = [
  { mode: 'in turn', note: 'Each lane in JVMs of its own, one at a time: for figures. Some two minutes.' },
  { mode: 'together', note: 'All at once on the lanes that run: to be watched.' },
];
/** Fields that may stay empty, and what that means. */
const NUMBERS = [
  { name: 'count', title: 'Tasks a round', empty: 'what each does in some 2 s' },
  { name: 'ratePerSecond', title: 'Tasks a second', empty: 'all at once', inTurnOnly: true },
  { name: 'repeat', title: 'Rounds', empty: '3' },
  { name: 'warmUpSeconds', title: 'Seconds to warm up', empty: '5', inTurnOnly: true },
];
const BESIDE = [
  { name: 'ledger', title: 'with the ledger beside them' },
  { name: 'ceiling', title: 'in memory, without Kafka' },
];

/** Starts a race, and shows how far it is. */
class RaceForm extends PageElement {
  static properties = { form: { state: true }, types: { state: true }, race: { state: true }, problem: { state: true } };

  progress = new Live(this, 'race', race => this.hear(race));
  filled = new FilledOnOpen(this, () => this.load());

  constructor() {
    super();
    this.form = { type: 'sleep', payload: '{"ms":10}', mode: 'in turn', lanes: LANES.map(({ name }) => name) };
    this.types = [];
  }

  render() {
    const busy = goesOn(this.race);
    const together = this.form.mode === 'together';
    return html`
      <form class="race-form" data-testid="race-form" novalidate aria-labelledby="race-title" @submit=${this.start}>
        ${this.field('type', 'Type', html`
          <select id="race-type" data-testid="race-type" @change=${this.chooseType}>
            ${this.typeNames().map(name => html`<option .selected=${name === this.form.type}>${name}</option>`)}
          </select>`)}
        ${this.field('payload', 'Payload', html`
          <input id="race-payload" data-testid="race-payload" spellcheck="false" autocomplete="off" .value=${this.form.payload}
            @input=${event => this.change({ payload: event.target.value })}>`)}
        ${this.field('mode', 'How', html`
          <select id="race-mode" data-testid="race-mode" aria-describedby="race-note" @change=${event => this.change({ mode: event.target.value })}>
            ${MODES.map(({ mode }) => html`<option .selected=${mode === this.form.mode}>${mode}</option>`)}
          </select>`)}
        ${NUMBERS.map(number => this.number(number))}
        ${this.field('concurrency', 'In flight', html`
          <input id="race-concurrency" data-testid="race-concurrency" placeholder="each lane's own" spellcheck="false" autocomplete="off"
            title="16 on each lane, or thread=4, process=2" ?disabled=${together}
            @input=${event => this.change({ concurrency: event.target.value })}>`)}
        <fieldset>
          <legend>Lanes</legend>
          ${LANES.map(({ name }) => html`<label><input type="checkbox" .checked=${this.form.lanes.includes(name)}
            @change=${event => this.toggle(name, event.target.checked)}> ${laneTag(name)}</label>`)}
        </fieldset>
        <fieldset>
          <legend>Once more</legend>
          ${BESIDE.map(({ name, title }) => html`<label><input type="checkbox" data-testid="race-${name}" ?disabled=${together}
            @change=${event => this.change({ [name]: event.target.checked })}> ${title}</label>`)}
        </fieldset>
        <p id="race-note" class="note">${MODES.find(({ mode }) => mode === this.form.mode).note}</p>
        <div class="demo-start">
          <button class="primary" data-testid="race-start" ?disabled=${busy}>${busy ? 'Racing' : 'Start the race'}</button>
          ${busy ? html`<button type="button" class="quiet" data-testid="race-cancel" @click=${this.cancel}>Cancel</button>` : ''}
          <p data-testid="race-status" data-state=${this.race?.state ?? 'none'} role="status">${this.status()}</p>
        </div>
      </form>
      ${busy ? this.lanesDone() : ''}`;
  }

  field(name, title, control) {
    return html`<div class="field" data-field=${name}><label for="race-${name}">${title}</label>${control}</div>`;
  }

  number({ name, title, empty, inTurnOnly }) {
    return this.field(name, title, html`
      <input id="race-${name}" data-testid="race-${name}" type="number" min="1" placeholder=${empty}
        ?disabled=${inTurnOnly && this.form.mode === 'together'}
        @input=${event => this.change({ [name]: event.target.value })}>`);
  }

  status() {
    if (this.problem) return html`<span class="error">${this.problem.field ? html`<code>${this.problem.field}</code> ` : ''}${this.problem.message}</span>`;
    const { state, step, error, workload } = this.race ?? {};
    if (state === 'running' || state === 'waiting') return html`<code>${workload}</code>: ${step}`;
    if (state === 'failed') return html`<span class="error">The race failed: ${error}</span>`;
    return { cancelled: 'The race was cancelled.', interrupted: 'The race was interrupted.' }[state] ?? '';
  }

  /** The show: how many of a round's tasks each lane has done. */
  lanesDone() {
    const done = Object.entries(this.race.done ?? {});
    const most = Math.max(1, ...done.map(([, tasks]) => tasks));
    return html`<dl class="race-done">${done.map(([lane, tasks]) => html`
      <div data-lane=${lane}><dt>${laneTag(lane)}</dt><dd>${meterBar(tasks / most)}</dd><dd>${count(tasks)}</dd></div>`)}</dl>`;
  }

  typeNames() {
    return this.types.length ? this.types.map(({ type }) => type) : [this.form.type];
  }

  async load() {
    if (!this.types.length) this.types = await ask('/api/types').catch(() => []);
    const heard = this.progress.value;
    const races = await ask('/api/races').catch(() => []);
    if (this.progress.value === heard) this.race = races.find(goesOn) ?? this.race;
  }

  /** One that waits is not shown in place of the one that runs. */
  hear(race) {
    if (race.state === 'waiting' && this.race?.id !== race.id && goesOn(this.race)) return;
    this.race = race;
  }

  chooseType(event) {
    const { type, examplePayload } = this.types.find(({ type }) => type === event.target.value);
    this.change({ type, payload: JSON.stringify(examplePayload ?? {}) });
  }

  toggle(lane, chosen) {
    this.change({ lanes: LANES.map(({ name }) => name).filter(name => (name === lane ? chosen : this.form.lanes.includes(name))) });
  }

  change(fields) {
    this.form = { ...this.form, ...fields };
    this.problem = undefined;
  }

  async start(event) {
    event.preventDefault();
    await this.send(async () => {
      this.race = await ask('/api/races', {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(this.request()),
      });
    });
  }

  request() {
    const { type, payload, mode, lanes, concurrency } = this.form;
    const inTurn = mode !== 'together';
    const numbers = NUMBERS.filter(({ name, inTurnOnly }) => this.form[name] && (inTurn || !inTurnOnly))
      .map(({ name }) => [name, Number(this.form[name])]);
    const beside = BESIDE.filter(({ name }) => this.form[name] && inTurn).map(({ name }) => [name, true]);
    const inFlight = concurrency && inTurn ? [['concurrency', byLane(concurrency)]] : [];
    return { type, payload: parsed(payload), mode, lanes, ...Object.fromEntries([...numbers, ...inFlight, ...beside]) };
  }

  async cancel() {
    await this.send(async () => (this.race = await ask(`/api/races/${this.race.id}`, { method: 'DELETE' })));
  }

  async send(request) {
    this.problem = undefined;
    try {
      await request();
    } catch (problem) {
      this.problem = problem;
    }
  }
}

const goesOn = race => ['waiting', 'running'].includes(race?.state);

/** A number for all lanes, or like thread=4, process=2 one for each of some; what is neither the server refuses by name. */
function byLane(text) {
  const number = (word = '') => (/^\d+$/.test(word.trim()) ? Number(word) : word);
  if (!text.includes('=')) return number(text);
  return Object.fromEntries(text.split(',').map(one => one.split('=')).map(([lane, most]) => [lane.trim(), number(most)]));
}

/** What is not JSON goes as text, which the server refuses by name. */
function parsed(text) {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return text;
  }
}

customElements.define('race-form', RaceForm);
