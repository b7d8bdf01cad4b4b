/** Everything the page of races is made of. */
import './page-header.js';
import './race-form.js';
import './race-reports.js';
