import { html } from 'lit';
import { laneTag } from './lane-names.js';
import { millis, shortId } from './format.js';

/** One task as a row: what it was, where its last attempt ran, how it went. */
export function taskRow(task) {
  const attempt = task.attempts?.at(-1) ?? {};
  const error = task.error ?? attempt.error;
  return html`
    <tr role="row">
      ${cell('id', html`<a href="/api/tasks/${task.id}" title=${task.id}>${shortId(task.id)}</a>`)}
      ${cell('type', task.type)}
      ${cell('lane', laneTag(task.lane))}
      ${cell('state', html`<span class="state" data-state=${task.state}>${task.state.toLowerCase()}</span>`)}
      ${cell('pid', attempt.pid ?? '')}
      ${cell('thread', threadName(attempt), attempt.thread)}
      ${cell('wait', millis(task.waitMs))}
      ${cell('run', millis(task.runMs))}
      ${cell('error', error ?? '', error)}
    </tr>`;
}

const cell = (column, content, whole) =>
  html`<td role="cell" data-column=${column} title=${whole ?? ''}>${content}</td>`;

export const threadName = ({ thread, virtualThread }) =>
  html`${virtualThread ? html`<span class="virtual-mark" title="a virtual thread">v<span>irtual</span></span>` : ''}${thread ?? ''}`;
