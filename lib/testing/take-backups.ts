// Takes backups in a process of its own, to be killed: node … lib/testing/take-backups.ts TASK…
import { stepBackup } from '@/lib/backups/step'

process.stdout.write('begins\n')
await Promise.all(process.argv.slice(2).map((taskId) => stepBackup(taskId, 'to be killed', new Date())))
process.exit(0)
