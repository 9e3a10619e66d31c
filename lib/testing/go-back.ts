// A worker that only takes one step of each way back that it is told, as a process of its own that may be killed.
// go-back REVERT_ID…
import { closeDatabase } from '@/lib/db/client'
import { stepRevert } from '@/lib/reverts/step'

await Promise.all(process.argv.slice(2).map((id) => stepRevert(id, 'killed', new Date())))
await closeDatabase()
