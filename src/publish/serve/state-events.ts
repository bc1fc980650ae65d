import type { IncomingMessage, ServerResponse } from 'node:http';

/** Proxies and browsers give up a connection on which nothing comes; in milliseconds. */
const HEARTBEAT = 15_000;

/** Tells pages which state of the registry is there: at once, and whenever it is another one. Server-sent events. */
export class StateEvents {
  readonly #open = new Set<ServerResponse>();
  readonly #timer = setInterval(() => this.#send(':\n\n'), HEARTBEAT).unref();
  #state: string;

  constructor(state: string) {
    this.#state = state;
  }

  get state(): string {
    return this.#state;
  }

  announce(state: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#send(eventOf(state));
  }

  connect({ method }: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    if (method === 'HEAD') {
      response.end();
      return;
    }
    response.write(eventOf(this.#state));
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  /** Pages ask again on their own, and find another server or none. */
  close(): void {
    clearInterval(this.#timer);
    for (const response of this.#open) response.end();
  }

  #send(text: string): void {
    for (const response of this.#open) response.write(text);
  }
}

function eventOf(state: string): string {
  return `event: state\ndata: ${state}\n\n`;
}
