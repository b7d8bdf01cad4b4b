import { html, svg } from 'lit';
import { rate } from './format.js';

/** The median as a bar, and the spread of the rounds as a line over its end; `most` fills the width. */
export const spreadBar = ({ median, min, max }, most) => html`
  <svg class="spread" width="100%" height="14" role="img" aria-label="from ${rate(min)} to ${rate(max)}">
    <rect class="meter-all" width="100%" y="3" height="8" rx="2"></rect>
    <rect class="meter-part" width="${share(median, most)}%" y="3" height="8" rx="2"></rect>
    ${svg`<line x1="${share(min, most)}%" x2="${share(max, most)}%" y1="7" y2="7"></line>
      <line x1="${share(min, most)}%" x2="${share(min, most)}%" y1="3" y2="11"></line>
      <line x1="${share(max, most)}%" x2="${share(max, most)}%" y1="3" y2="11"></line>`}
  </svg>`;

const share = (value, most) => Math.min(100, (100 * value) / most);
