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

/** What this is, how much it has done, and whether the figures below are live. */
class PageHeader extends PageElement {
  summary = new Live(this, 'summary');
  connection = new Live(this, 'connection', state => (document.body.dataset.connection = state));

  render() {
    return html`
      <header class="top-bar">
        <h1><img src="/lanes/icon.svg" alt="" width="24" height="24">Lanes</h1>
        <nav aria-label="Elsewhere">
          <a href="/q/swagger-ui">API</a>
          <a href="/q/metrics">Metrics</a>
        </nav>
        ${this.connectionState()}
      </header>
      <section class="intro" aria-label="What this is, and its totals">
        <p>One task pipeline on Kafka, five ways to run the same task, measured side by side.
          <a href="#demo">Run the demo</a> or <a href="#publish">publish a task</a>.</p>
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
