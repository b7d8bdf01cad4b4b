import { html } from 'lit';
import { PageElement } from './element.js';
import { Live, live } from './live.js';
import { clockTime, count } from './format.js';

const TOTALS = ['published', 'succeeded', 'dead', 'pending'];

const CONNECTION_WORDS = {
  connecting: 'connecting',
  open: 'live',
  lost: 'connection lost, reconnecting',
};

const PAGES = [
  { name: 'lanes', href: '/', title: 'Live' },
  { name: 'races', href: '/races.html', title: 'Races' },
  { name: 'experiments', href: '/experiments.html', title: 'Experiments' },
];

const INTRO = {
  lanes: html`<p>One task pipeline on Kafka, five ways to run the same task, measured side by side.
    <a href="#demo">Run the demo</a> or <a href="#publish">publish a task</a>.</p>`,
  races: html`<p>The same tasks on several lanes, each in JVMs of its own, one at a time, beside Kafka's clients alone.
    Every task is checked: lost, doubled or wrong ones cost a lane its figures.</p>`,
  experiments: html`<p>One claim, one threshold, one verdict, measured on this machine. Guess first: being wrong is how it sticks.</p>`,
};

/** What this is, how much it has done, and whether the figures below are live. */
class PageHeader extends PageElement {
  static properties = { here: {} };

  summary = new Live(this, 'summary');
  connection = new Live(this, 'connection', state => (document.body.dataset.connection = state));

  render() {
    return html`
      <header class="top-bar">
        <h1><img src="/lanes/icon.svg" alt="" width="24" height="24">Lanes</h1>
        <nav aria-label="Pages">
          ${PAGES.map(({ name, href, title }) => html`<a href=${href} aria-current=${name === this.here ? 'page' : 'false'}>${title}</a>`)}
          <a href="/q/swagger-ui">API</a>
          <a href="/q/metrics">Metrics</a>
        </nav>
        ${this.connectionState()}
      </header>
      <section class="intro" aria-label="What this is, and its totals">
        ${INTRO[this.here]}
        <dl class="totals">${TOTALS.map(name => this.total(name))}</dl>
      </section>`;
  }

  connectionState() {
    const state = this.connection.value ?? live.connection;
    return html`
      <p class="connection" data-testid="connection" data-state=${state} role="status">
        ${CONNECTION_WORDS[state]}
        ${state === 'lost' ? html`<small>figures from ${clockTime(new Date(live.lastHeard))}</small>` : ''}
      </p>`;
  }

  total(name) {
    const value = this.summary.value?.[name];
    return html`
      <div data-total=${name} ?data-some=${value > 0}>
        <dt>${name}</dt>
        <dd data-testid="total-${name}">${count(value)}</dd>
      </div>`;
  }
}

customElements.define('page-header', PageHeader);
