/** The form's content as the one request that is sent, and as the curl line that sends the same. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** What keeps the form from being sent, by field; empty when nothing does. */
export function mistakesIn({ payload, count }) {
  const mistakes = {};
  try {
    JSON.parse(payload);
  } catch (error) {
    mistakes.payload = `Not JSON yet: ${error.message}`;
  }
  if (!/^\d+$/.test(count) || count < 1 || count > 10_000) mistakes.count = 'A whole number from 1 to 10000.';
  else if (!mistakes.payload && payload.length * count > MAX_BODY_BYTES)
    mistakes.count = 'That is more than a browser should hold at once: send it with the curl line.';
  return mistakes;
}

/** One task as one line. The payload stays as it was typed: parsing it again would round large numbers. */
const taskLine = ({ type, payload, lane }) =>
  `{"type":${JSON.stringify(type)},"payload":${payload.trim().replace(/\s*\n\s*/g, ' ')},"lane":${JSON.stringify(lane)}}`;

const isBatch = ({ count }) => Number(count) > 1;

export const requestOf = form => ({
  method: 'POST',
  headers: { 'Content-Type': isBatch(form) ? 'application/x-ndjson' : 'application/json' },
  body: isBatch(form) ? `${taskLine(form)}\n`.repeat(Number(form.count)) : taskLine(form),
});

export function curlOf(form, origin) {
  const line = quoted(taskLine(form));
  const url = `${origin}/api/tasks`;
  return isBatch(form)
    ? `yes ${line} | head -n ${Number(form.count)} | curl -sS ${url} -H 'Content-Type: application/x-ndjson' --data-binary @-`
    : `curl -sS ${url} -H 'Content-Type: application/json' -d ${line}`;
}

const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`;
