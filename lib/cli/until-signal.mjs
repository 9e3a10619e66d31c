const PARENT_POLL_MS = 100

/**
 * Aborted at the first Ctrl-C, SIGTERM or SIGHUP. Later ones are ignored: npm passes Ctrl-C on to a process that the
 * terminal has told already, so the second one means nothing.
 *
 * Under npm it is also aborted when the parent is gone: npm passes SIGTERM on to the shell between us (11.19 with
 * dash), which dies of it and tells nobody.
 */
export function stopSignal() {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => controller.abort())
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid
    const watch = setInterval(() => process.ppid !== parent && controller.abort(), PARENT_POLL_MS)
    watch.unref()
  }
  return controller.signal
}

/** @param {AbortSignal} signal */
export const untilAborted = (signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    // Children alone do not hold this process, and once everything runs nothing else does.
    const hold = setInterval(() => {}, 2 ** 30)
    signal.addEventListener('abort', () => resolve(clearInterval(hold)), { once: true })
  })
