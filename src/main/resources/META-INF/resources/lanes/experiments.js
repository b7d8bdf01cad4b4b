/** Everything the page of experiments is made of. */
import './page-header.js';
import './experiment-list.js';
