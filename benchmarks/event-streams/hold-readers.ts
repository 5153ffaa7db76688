// One process with readers of event streams: `node hold-readers.ts http://…`, forked by `forkReaders`. A process has a limit
// of files, and reading must not share a thread with the server or with the clock of the changes.
import { clockMs } from '../machine/clock.ts'
import { type EventReader, readEvents, type Sight } from './read-events.ts'

export type Order =
  | { open: readonly string[] }
  /** What all readers of a user must see. */
  | { see: Sight; user: string }
  | 'close'

/** How many readers connect at the same time. */
const AT_ONCE = 50

const [, , url] = process.argv
if (!url) throw new Error('Say where the events are.')
let readers: { user: string; reader: EventReader }[] = []

const openOne = async (user: string) => ({ user, reader: await readEvents(url, user) })

async function open(users: readonly string[]): Promise<number[]> {
  for (let from = 0; from < users.length; from += AT_ONCE)
    readers.push(...(await Promise.all(users.slice(from, from + AT_ONCE).map(openOne))))
  return []
}

/** Resolves with the times at which they have seen it. */
async function follow(order: Order): Promise<number[]> {
  if (order === 'close') {
    for (const { reader } of readers) reader.close()
    readers = []
    return [clockMs()]
  }
  if ('open' in order) return open(order.open)
  const asked = readers.filter(({ user }) => user === order.user)
  return Promise.all(asked.map(({ reader }) => reader.seen(order.see)))
}

process.on('message', ({ id, order }: { id: number; order: Order }) => {
  void follow(order).then(
    (times) => process.send?.({ id, times }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  )
})
process.once('disconnect', () => process.exit())
