/** An answer of the server that is not the one hoped for (RFC 9457), or no answer at all. */
export class Problem extends Error {
  constructor({ title, detail, field, status }) {
    super(detail ?? title ?? `The server answered ${status}.`);
    this.title = title;
    this.field = field;
    this.status = status;
  }
}

/** Asks the server and gives its JSON; throws a Problem otherwise. */
export async function ask(path, options) {
  const response = await reach(path, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem({ title: response.statusText, ...body, status: response.status });
  return body;
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Problem({ title: 'No answer', detail: 'The server cannot be reached. Is it running?' });
  }
}
