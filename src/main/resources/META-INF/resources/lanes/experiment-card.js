import { html } from 'lit';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** One claim: what is taught, a guess, the verdict, and what it rests on. */
export const experimentCard = (experiment, { guess, guessed, measure }) => html`
  <li class="panel experiment" data-testid="experiment-${experiment.name}" data-state=${experiment.state} data-verdict=${experiment.verdict}>
    <h3><span class="claim-number">${experiment.number}</span> ${experiment.taught}</h3>
    <div class="experiment-run">
      <label>${experiment.question}
        <input type="number" step="any" placeholder="your guess, in ${experiment.unit}" .value=${guess ?? ''} @input=${event => guessed(event.target.value)}></label>
      <button type="button" class="quiet" data-testid="measure-${experiment.name}" ?disabled=${busy(experiment)} @click=${measure}>
        ${busy(experiment) ? 'Measuring' : experiment.state === 'finished' ? 'Measure again' : 'Measure'}</button>
    </div>
    <p class="verdict" role="status">${verdict(experiment)}</p>
    ${experiment.state === 'finished' ? finding(experiment, guess) : ''}
  </li>`;

const busy = ({ state }) => state === 'waiting' || state === 'running';

function verdict({ state, step, error, verdict, measured }) {
  if (state === 'waiting' || state === 'running') return `${state}: ${step}`;
  if (state === 'failed') return html`<span class="error">It failed: ${error}</span>`;
  return state === 'finished' ? html`<b>${verdict}</b> ${measured}` : 'Not measured yet.';
}

/** Nothing where there is no answer, as it could not be measured. */
const answered = ({ answer }) => answer == null ? '' : ` Measured: ${number.format(answer)}.`;

const finding = (experiment, guess) => html`
  ${guess ? html`<p class="note">Your guess: ${guess} ${experiment.unit}.${answered(experiment)}</p>` : ''}
  <p class="lesson">${experiment.lesson}</p>
  ${experiment.picture ? html`<pre class="picture" tabindex="0" aria-label="picture of what was measured">${experiment.picture}</pre>` : ''}
  <details>
    <summary>What it rests on</summary>
    <dl class="evidence">
      <dt>threshold</dt><dd>${experiment.threshold}</dd>
      <dt>how</dt><dd>${experiment.how}</dd>
      <dt>in Python</dt><dd>${experiment.onPython}</dd>
      <dt>on the JVM</dt><dd>${experiment.onJvm}</dd>
      ${experiment.figures.map(({ name, value, unit }) => html`<dt>${name}</dt><dd>${number.format(value)} ${unit}</dd>`)}
    </dl>
  </details>`;
