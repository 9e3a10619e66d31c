/**
 * Loaded first into web processes and workers: when the supervisor is gone, however it ended, the channel to it closes
 * and this process ends as if asked to. What hangs even then is ended by the next start (processes file).
 */
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // Listening must not keep alive a process that has nothing else to do.
  process.channel.unref()
}
