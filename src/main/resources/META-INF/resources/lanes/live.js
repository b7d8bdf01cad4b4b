/** What the server says of itself, once a second, over one connection that heals itself. */
const EVENTS = ['lanes', 'summary', 'processes', 'task', 'demo', 'race'];
const RETRY_MS = 2_000;
/** The server speaks once a second: a connection this quiet is dead, though TCP has not noticed. */
const SILENCE_MS = 6_000;

class LiveEvents extends EventTarget {
  connection = 'connecting';
  lastHeard = Date.now();

  constructor(url) {
    super();
    this.url = url;
    this.connect();
    setInterval(() => this.watch(), RETRY_MS);
  }

  connect() {
    this.source?.close();
    this.source = new EventSource(this.url);
    this.openedAt = Date.now();
    this.source.onopen = () => this.become('open');
    this.source.onerror = () => this.become('lost');
    for (const name of EVENTS) this.source.addEventListener(name, event => this.hear(name, event));
  }

  hear(name, event) {
    this.lastHeard = Date.now();
    this.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(event.data) }));
  }

  /** EventSource reconnects by itself, except after an HTTP error or a silence: those are ours. */
  watch() {
    const closed = this.source.readyState === EventSource.CLOSED;
    const silent = Date.now() - Math.max(this.lastHeard, this.openedAt) > SILENCE_MS;
    if (!closed && !silent) return;
    this.become('lost');
    this.connect();
  }

  become(connection) {
    if (connection === this.connection) return;
    this.connection = connection;
    this.dispatchEvent(new CustomEvent('connection', { detail: connection }));
  }
}

export const live = new LiveEvents('/api/events');

/** Ties an element to one live event: holds its latest value and asks for a new rendering. */
export class Live {
  value;

  constructor(host, name, heard = () => {}) {
    this.name = name;
    this.update = event => {
      this.value = event.detail;
      heard(event.detail);
      host.requestUpdate();
    };
    host.addController(this);
  }

  hostConnected() {
    live.addEventListener(this.name, this.update);
  }

  hostDisconnected() {
    live.removeEventListener(this.name, this.update);
  }
}

/** Runs `fill` now and whenever the connection is back: what happened in between was not heard. */
export class FilledOnOpen extends Live {
  constructor(host, fill) {
    super(host, 'connection', connection => connection === 'open' && fill());
    this.fill = fill;
  }

  hostConnected() {
    super.hostConnected();
    this.fill();
  }
}
