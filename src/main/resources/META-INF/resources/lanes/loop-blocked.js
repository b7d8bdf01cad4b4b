import { html } from 'lit';
import { millis } from './format.js';
import { meterBar } from './meter.js';

/** Long enough to be seen: a block that is over stays red for this many further seconds. */
const AFTERGLOW_SECONDS = 3;

/** Whether the reactive lane's loop is being blocked, told from two totals a second apart. */
export class LoopBlocked {
  totalMs;
  lastSecondMs = 0;
  glow = 0;

  hear(totalMs) {
    this.lastSecondMs = Math.max(0, totalMs - (this.totalMs ?? totalMs)) || 0;
    this.totalMs = totalMs;
    this.glow = this.lastSecondMs > 0 ? AFTERGLOW_SECONDS : Math.max(0, this.glow - 1);
  }

  get blocking() {
    return this.glow > 0;
  }
}

/** The lesson of the reactive lane: who blocks the loop stops every task on it. */
export const loopBlockedView = ({ totalMs, lastSecondMs, blocking }) => html`
  <div class="loop-blocked" ?data-blocking=${blocking}>
    <dt>loop blocked</dt>
    <dd data-testid="lane-reactive-blocked" data-value=${totalMs ?? ''}>${millis(totalMs)}</dd>
    <dd class="last-second">
      ${meterBar(lastSecondMs / 1_000)}
      <span class="unseen" role="status">${blocking ? 'The event loop of the reactive lane is blocked.' : ''}</span>
    </dd>
  </div>`;
