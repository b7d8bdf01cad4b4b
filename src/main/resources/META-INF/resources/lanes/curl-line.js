import { html } from 'lit';
import { PageElement } from './element.js';
import { curlOf } from './publish-request.js';

/** The request of the form as a line for a shell, to copy. */
class CurlLine extends PageElement {
  static properties = { form: { attribute: false }, mistaken: { attribute: false }, said: { state: true } };

  constructor() {
    super();
    this.said = '';
  }

  render() {
    return html`
      <div class="curl">
        <p><span id="curl-label">The same, in a shell</span>
          <span class="said" role="status">${this.said}</span>
          <button type="button" class="quiet" ?disabled=${this.mistaken} @click=${this.copy}>Copy</button></p>
        <pre data-testid="curl-line" aria-labelledby="curl-label" tabindex="0">${
          this.mistaken ? '# waits for a form without mistakes' : curlOf(this.form, location.origin)}</pre>
      </div>`;
  }

  willUpdate(changed) {
    if (changed.has('form')) this.said = '';
  }

  async copy() {
    const line = this.querySelector('pre');
    try {
      await navigator.clipboard.writeText(line.textContent);
      this.said = 'copied';
    } catch {
      getSelection().selectAllChildren(line);
      this.said = 'selected: press Ctrl+C';
    }
  }
}

customElements.define('curl-line', CurlLine);
