interface Waiting {
  readonly listeners: Set<() => void>;
  readonly stop: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls a listener when a signal aborts, as `addEventListener` does, and gives what ends that. However many there are of
 * one signal, they are one to it: Node warns of a leak where there are more than ten.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const { listeners, stop } = waiting.get(signal) ?? begun(signal);
  // Its own, so that one that is added twice is called twice.
  const own = (): void => listener();
  listeners.add(own);
  return () => {
    listeners.delete(own);
    if (listeners.size === 0) stop();
  };
}

function begun(signal: AbortSignal): Waiting {
  const listeners = new Set<() => void>();
  const abort = (): void => {
    for (const listener of listeners) listener();
  };
  const stop = (): void => {
    signal.removeEventListener('abort', abort);
    waiting.delete(signal);
  };
  signal.addEventListener('abort', abort, { once: true });
  const made = { listeners, stop };
  waiting.set(signal, made);
  return made;
}
