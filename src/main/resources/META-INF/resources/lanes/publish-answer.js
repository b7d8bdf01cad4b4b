import { html } from 'lit';
import { count, millis, shortId } from './format.js';

const REJECTED_SHOWN = 3;

/** What the server said to what was published: a task, a batch, or a problem. */
export function publishAnswer({ task, ended, batch, problem }) {
  if (task) return taskAnswer(task, ended);
  if (batch) return batchAnswer(batch);
  if (problem) return problemAnswer(problem);
  return html`<p class="note">The server's answer appears here.</p>`;
}

const taskAnswer = (task, ended) => html`
  <p><b>Published</b> <a href="/api/tasks/${task.id}"><code>${task.id}</code></a></p>
  <p>${task.state}${ended ? html` on <code>${task.lane}</code>: waited ${millis(task.waitMs)}, ran ${millis(task.runMs)}` : ''}
    ${task.error ? html`<span class="error">${task.error}</span>` : ''}</p>
  ${(task.warnings ?? []).map(warning => html`<p class="warning">${warning}</p>`)}`;

const batchAnswer = ({ batch, accepted, rejectedCount, rejected = [] }) => html`
  <p><b>${count(accepted)} accepted</b>${rejectedCount ? html`, <span class="error">${count(rejectedCount)} rejected</span>` : ''}</p>
  <p>batch <a href="/api/tasks?batch=${encodeURIComponent(batch)}"><code>${shortBatch(batch)}</code></a></p>
  ${rejected.slice(0, REJECTED_SHOWN).map(({ line, reason }) => html`<p class="error">line ${line}: ${reason}</p>`)}`;

const problemAnswer = ({ title, message, field }) => html`
  <p><b class="error">${title ?? 'Not published'}</b>${field ? html` <code>${field}</code>` : ''}</p>
  <p>${message}</p>`;

const shortBatch = batch => (batch.length > 40 ? `…${shortId(batch)}` : batch);
