/**
 * Aborted at the first Ctrl-C, SIGTERM or SIGHUP. Later ones are ignored: npm passes Ctrl-C on to a process that the
 * terminal has told already, so the second one means nothing.
 */
export function stopSignal() {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => controller.abort())
  return controller.signal
}

/** @param {AbortSignal} signal */
export const untilAborted = (signal) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
    // Nothing else may hold the process once everything runs by itself.
    const hold = setInterval(() => {}, 2 ** 30)
    signal.addEventListener('abort', () => clearInterval(hold), { once: true })
  })
