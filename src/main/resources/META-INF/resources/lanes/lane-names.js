import { html } from 'lit';

/** The five lanes, in the order in which they stand everywhere. Their colours are in lanes.css. */
export const LANES = [
  { name: 'sequential', phrase: 'one thread, one task at a time' },
  { name: 'reactive', phrase: 'many tasks on one event loop' },
  { name: 'thread', phrase: 'a bounded pool of worker threads' },
  { name: 'virtual', phrase: 'one virtual thread per task' },
  { name: 'process', phrase: 'separate OS processes, one task each' },
];

/** Names of lanes in the order in which they stand everywhere, behind whatever else a process runs. */
export const inOrder = names => names.toSorted((one, other) => place(one) - place(other));
const place = name => LANES.findIndex(lane => lane.name === name);

export const laneTag = name => html`<span class="lane-tag" data-lane=${name}>${name}</span>`;

/** The lane's colour in the scheme (light or dark) that is showing now. */
export const laneColor = name => pageColor(`--lane-${name}`);

export const pageColor = property =>
  getComputedStyle(document.documentElement).getPropertyValue(property).trim();
