/** Everything the page is made of. Each module defines one element that index.html names. */
import './page-header.js';
import './lane-cards.js';
import './lane-chart.js';
import './publish-form.js';
import './latest-tasks.js';
import './demo-panel.js';
import './process-list.js';
