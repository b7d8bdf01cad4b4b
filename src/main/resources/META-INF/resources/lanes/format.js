/** Figures as people read them. What was not measured is shown as a dash, never as zero. */
const NOT_MEASURED = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

const measured = format => value => (Number.isFinite(value) ? format(value) : NOT_MEASURED);

export const count = measured(n => (n < 10_000_000 ? whole.format(n) : compact.format(n)));

export const rate = measured(n => {
  if (n === 0) return '0';
  if (n < 100) return oneDigit.format(n);
  return n < 100_000 ? whole.format(n) : compact.format(n);
});

export const millis = measured(ms => {
  if (ms === 0) return '0 ms';
  if (ms < 10) return `${oneDigit.format(ms)} ms`;
  if (ms < 1_000) return `${whole.format(ms)} ms`;
  return ms < 60_000 ? `${twoDigits.format(ms / 1_000)} s` : `${oneDigit.format(ms / 60_000)} min`;
});

export const seconds = measured(s => twoDigits.format(s));
export const ratio = seconds;
export const percent = measured(p => `${whole.format(p)} %`);
export const megabytes = measured(bytes => `${whole.format(bytes / 1_048_576)} MB`);
export const axisNumber = n => (n < 1 ? String(n) : compact.format(n));

/** The end of an id: the front of a UUIDv7 is the time, which neighbours share. */
export const shortId = id => id.slice(-8);

export const clockTime = date => date.toLocaleTimeString('en-GB');
