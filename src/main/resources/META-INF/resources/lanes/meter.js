import { html } from 'lit';

/** A bar, `share` of its width filled. SVG, as a strict Content-Security-Policy forbids style attributes. */
export const meterBar = share => html`
  <svg class="meter" width="100%" height="6" aria-hidden="true">
    <rect class="meter-all" width="100%" height="6" rx="3"></rect>
    <rect class="meter-part" width="${100 * Math.min(1, share || 0)}%" height="6" rx="3"></rect>
  </svg>`;
