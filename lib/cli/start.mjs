import { readEnvironment } from './environment.mjs'
import { nodeWarning } from './node-floor.mjs'
import { announce, runCommand, say } from './say.mjs'
import { startPalisade } from './serve.mjs'
import { stopSignal, untilAborted } from './until-signal.mjs'

await runCommand(async () => {
  const environment = readEnvironment()
  const signal = stopSignal()
  const warning = nodeWarning()
  if (warning) say(warning)
  let palisade
  try {
    palisade = await startPalisade(environment, { signal })
  } catch (error) {
    if (signal.aborted) return 0
    throw error
  }
  if (environment.role === 'worker') announce(`${environment.workers} ${environment.workers === 1 ? 'worker runs' : 'workers run'}.`)
  else announce(environment.url)
  if (palisade.setUpLink) announce(`Create the first owner here (once, within 30 minutes): ${palisade.setUpLink}`)
  say('Ctrl-C stops Palisade.')
  await untilAborted(signal)
  say('Stopping.')
  await palisade.stop()
  return 0
})
