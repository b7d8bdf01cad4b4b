import { html } from 'lit';
import { PageElement } from './element.js';
import { Live } from './live.js';
import { lineOf } from './history.js';
import { chartFrame, chartLines } from './chart-options.js';
import { LANES, laneTag } from './lane-names.js';

const UPDATE_MS = 950;

/** One figure of all five lanes over the last two minutes. */
class LaneChart extends PageElement {
  static properties = {
    measure: {},
    heading: {},
    unit: {},
    logarithmic: { type: Boolean },
  };

  lanes = new Live(this, 'lanes', () => this.draw());
  scheme = matchMedia('(prefers-color-scheme: dark)');
  drawnAt = 0;

  render() {
    return html`
      <figure class="panel">
        <figcaption>
          <h2>${this.heading} <small>${this.unit}, last two minutes</small></h2>
          <button type="button" class="quiet" aria-pressed=${this.logarithmic ? 'true' : 'false'}
            @click=${this.toggleScale}>log scale</button>
        </figcaption>
        <div class="canvas" role="img"
          aria-label="${this.heading} of the five lanes over the last two minutes; the cards above say the present figures"></div>
        <p class="legend" aria-hidden="true">${LANES.map(lane => laneTag(lane.name))}</p>
      </figure>`;
  }

  /** ECharts is large: it comes after the page is there. */
  async firstUpdated() {
    const canvas = this.querySelector('.canvas');
    const echarts = await import('echarts/dist/echarts.esm.min.js');
    this.chart = echarts.init(canvas);
    new ResizeObserver(() => this.chart.resize()).observe(canvas);
    this.scheme.addEventListener('change', () => this.frame());
    this.frame();
  }

  toggleScale() {
    this.logarithmic = !this.logarithmic;
    this.frame();
  }

  frame() {
    this.chart?.setOption(chartFrame(this.logarithmic), { notMerge: true });
    this.draw(true);
  }

  draw(now = false) {
    const time = Date.now();
    if (!this.chart || document.hidden || (!now && time - this.drawnAt < UPDATE_MS)) return;
    this.drawnAt = time;
    this.chart.setOption(chartLines(lane => lineOf(lane, this.measure, time), this.logarithmic));
  }
}

customElements.define('lane-chart', LaneChart);
