import { html } from 'lit';
import { live as liveText } from 'lit/directives/live.js';
import { PageElement } from './element.js';
import { FilledOnOpen } from './live.js';
import { ask } from './api.js';
import { LANES } from './lane-names.js';
import { mistakesIn, requestOf } from './publish-request.js';
import { publishAnswer } from './publish-answer.js';
import './curl-line.js';

const ENDED = ['SUCCEEDED', 'DEAD', 'CANCELLED'];

/** Publishes one task or many, and shows the same request as a curl line. */
class PublishForm extends PageElement {
  static properties = { form: { state: true }, types: { state: true }, answer: { state: true } };

  typesOnOpen = new FilledOnOpen(this, () => this.loadTypes());

  constructor() {
    super();
    this.form = { type: 'sleep', payload: '{"ms":10}', lane: 'reactive', count: '1' };
    this.types = [];
    this.answer = {};
  }

  render() {
    const mistakes = mistakesIn(this.form);
    const type = this.typeNamed(this.form.type);
    return html`
      <form data-testid="publish-form" novalidate aria-labelledby="publish-title" @submit=${this.publish}>
        ${this.field('type', html`
          <select id="publish-type" data-testid="publish-type" aria-describedby="publish-note" @change=${this.chooseType}>
            ${this.typeNames().map(name => html`<option .selected=${name === this.form.type}>${name}</option>`)}
          </select>`)}
        ${this.field('lane', html`
          <select id="publish-lane" data-testid="publish-lane" aria-describedby="publish-note"
            @change=${event => this.change({ lane: event.target.value })}>
            ${LANES.map(({ name }) => html`<option .selected=${name === this.form.lane}
              ?disabled=${type && !type.lanes.includes(name)}>${name}</option>`)}
          </select>`)}
        <p id="publish-note" class="note">${type?.description} <strong>${this.laneNote(type)}</strong></p>
        ${this.field('payload', html`
          <textarea id="publish-payload" data-testid="publish-payload" rows="3" spellcheck="false" autocomplete="off"
            aria-describedby="publish-payload-note" aria-invalid=${this.isWrong('payload', mistakes)}
            .value=${liveText(this.form.payload)} @input=${event => this.change({ payload: event.target.value })}></textarea>`,
          mistakes.payload ?? 'JSON', mistakes.payload)}
        ${this.field('count', html`
          <input id="publish-count" data-testid="publish-count" type="number" min="1" max="10000" step="1"
            aria-describedby="publish-count-note" aria-invalid=${this.isWrong('count', mistakes)}
            .value=${liveText(this.form.count)} @input=${event => this.change({ count: event.target.value })}>`,
          mistakes.count ?? 'More than 1 goes as one NDJSON batch.', mistakes.count)}
        <button class="primary" data-testid="publish-submit" ?disabled=${this.answer.sending}>
          ${this.answer.sending ? 'Publishing' : 'Publish'}</button>
      </form>
      <div class="answer" data-testid="publish-answer" role="status">${publishAnswer(this.answer)}</div>
      <curl-line .form=${this.form} .mistaken=${Object.keys(mistakes).length > 0}></curl-line>`;
  }

  field(name, control, note, wrong) {
    return html`
      <div class="field" data-field=${name}>
        <label for="publish-${name}">${name}</label>
        ${control}
        ${note ? html`<p id="publish-${name}-note" class="note" ?data-wrong=${!!wrong}>${note}</p>` : ''}
      </div>`;
  }

  laneNote(type) {
    const blocksTheLoop = this.form.lane === 'reactive' && type && !type.forms.includes('non-blocking');
    return blocksTheLoop ? 'This type has only a blocking form: on this lane it blocks the loop.' : '';
  }

  /** Wrong as typed, or named by the server as `payload` or a part of it. */
  isWrong(name, mistakes) {
    const said = this.answer.problem?.field ?? '';
    return mistakes[name] || said === name || said.startsWith(`${name}.`) ? 'true' : 'false';
  }

  typeNames() {
    return this.types.length ? this.types.map(({ type }) => type) : [this.form.type];
  }

  typeNamed(name) {
    return this.types.find(({ type }) => type === name);
  }

  async loadTypes() {
    if (this.types.length) return;
    this.types = await ask('/api/types').catch(() => []);
  }

  chooseType(event) {
    const { type, examplePayload, lanes } = this.typeNamed(event.target.value);
    const lane = lanes.includes(this.form.lane) ? this.form.lane : lanes[0];
    this.change({ type, lane, payload: JSON.stringify(examplePayload ?? {}) });
  }

  change(fields) {
    this.form = { ...this.form, ...fields };
    if (this.answer.problem) this.answer = {};
  }

  async publish(event) {
    event.preventDefault();
    const [wrong] = Object.keys(mistakesIn(this.form));
    if (wrong) return this.querySelector(`#publish-${wrong}`).focus();
    this.answer = { sending: true };
    try {
      const accepted = await ask('/api/tasks', requestOf(this.form));
      this.answer = accepted.batch ? { batch: accepted } : { task: accepted };
      if (!accepted.batch) await this.follow(accepted);
    } catch (problem) {
      this.answer = { problem };
    }
  }

  /** A future's get: waits for the task's end, unless the next one is published meanwhile. */
  async follow(published) {
    const answer = this.answer;
    const task = await ask(`/api/tasks/${published.id}?waitMs=5000`).catch(() => published);
    if (this.answer !== answer) return;
    this.answer = { task: { ...task, warnings: published.warnings }, ended: ENDED.includes(task.state) };
  }
}

customElements.define('publish-form', PublishForm);
