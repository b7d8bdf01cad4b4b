import { live } from './live.js';

/** Two minutes at one point a second. */
const POINTS = 120;
/** A longer hole than this is drawn as a hole. */
const GAP_MS = 4_000;

/** The last two minutes of every lane, for all charts. Oldest first. */
export const points = [];

live.addEventListener('lanes', ({ detail: lanes }) => {
  const now = Date.now();
  const last = points.at(-1);
  if (last && now - last.at > GAP_MS) points.push({ at: last.at + 1, lanes: [] });
  points.push({ at: now, lanes });
  points.splice(0, points.length - POINTS);
});

/** One lane's line: [seconds before now, value], null where nothing was heard. */
export function lineOf(lane, measure, now) {
  return points.map(point => {
    const figures = point.lanes.find(figures => figures.lane === lane);
    return [(point.at - now) / 1000, figures?.[measure] ?? null];
  });
}
