import { html } from 'lit';
import { PageElement } from './element.js';
import { LANES } from './lane-names.js';
import { Live } from './live.js';
import { count, millis, rate } from './format.js';
import { meterBar } from './meter.js';
import { LoopBlocked, loopBlockedView } from './loop-blocked.js';

/** The five lanes side by side, each with the same figures in the same place. */
class LaneCards extends PageElement {
  loopBlocked = new LoopBlocked();
  figures = new Live(this, 'lanes', lanes => this.loopBlocked.hear(figuresOf(lanes, 'reactive')?.loopBlockedMs));

  render() {
    return html`<ul class="lane-cards" role="list">
      ${LANES.map(lane => this.card(lane, figuresOf(this.figures.value, lane.name) ?? {}))}
    </ul>`;
  }

  card({ name, phrase }, figures) {
    const blocking = name === 'reactive' && this.loopBlocked.blocking;
    return html`
      <li class="lane-card" data-lane=${name} data-testid="lane-${name}" ?data-blocking=${blocking}>
        <h3><span class="lane-tag" data-lane=${name}>${name}</span>${figures.paused ? html`<em>paused</em>` : ''}</h3>
        <p class="phrase">${phrase}</p>
        ${throughput(name, figures)}
        ${inFlight(name, figures)}
        ${percentiles(figures)}
        <dl class="last-figures">
          <div><dt>lag</dt><dd>${count(figures.lagRecords)}</dd></div>
          ${name === 'reactive' ? loopBlockedView(this.loopBlocked) : ''}
        </dl>
      </li>`;
  }
}

const figuresOf = (lanes, name) => lanes?.find(figures => figures.lane === name);

const throughput = (name, { throughputPerSecond, failedPerSecond }) => html`
  <p class="throughput">
    <b data-testid="lane-${name}-throughput" data-value=${throughputPerSecond ?? ''}>${rate(throughputPerSecond)}</b>
    <span>tasks/s</span>
    ${failedPerSecond > 0 ? html`<strong class="failed">${rate(failedPerSecond)} failed/s</strong>` : ''}
  </p>`;

const inFlight = (name, { running, concurrency }) => html`
  <div class="in-flight">
    <p><span>in flight</span>
      <span><b data-testid="lane-${name}-running" data-value=${running ?? ''}>${count(running)}</b> of ${count(concurrency)}</span></p>
    <div role="meter" aria-label="tasks in flight on ${name}" aria-valuemin="0" aria-valuemax=${concurrency ?? 0}
      aria-valuenow=${Math.min(running ?? 0, concurrency ?? 0)}>${meterBar(running / concurrency)}</div>
  </div>`;

const percentiles = ({ waitMsPercentiles: wait, runMsPercentiles: run }) => html`
  <table class="percentiles">
    <thead><tr><td></td><th scope="col">p50</th><th scope="col">p99</th></tr></thead>
    <tbody>
      <tr><th scope="row">wait</th><td>${millis(wait?.p50)}</td><td>${millis(wait?.p99)}</td></tr>
      <tr><th scope="row">run</th><td>${millis(run?.p50)}</td><td>${millis(run?.p99)}</td></tr>
    </tbody>
  </table>`;

customElements.define('lane-cards', LaneCards);
