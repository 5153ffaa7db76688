import { TaskError } from '@brandkit/core'
import { assertMigrated } from '../../store/postgres/migrate.js'
import { nameOf, type Place, withDatabase } from '../database.js'
import { holdsDatabase } from '../laptop-database.js'
import type { Report } from '../report.js'
import type { Terminal } from '../terminal.js'
import { describeLife } from './describe-life.js'
import { readLife } from './read-life.js'
import { toEvents } from './task-events.js'

interface InspectOptions {
  place: Place
  taskId: string
  terminal: Pick<Terminal, 'paint'>
}

/**
 * Reads the life of a task of any user.
 *
 * @throws TaskError `task_not_found`, or `store_unavailable`
 */
export async function inspectTask({ place, taskId, terminal }: InspectOptions): Promise<Report> {
  // Opening a folder would make a database in it.
  if (place.kind === 'folder' && !holdsDatabase(place.folder)) {
    throw new TaskError('store_unavailable', `There is no database in ${place.folder}.`)
  }
  return withDatabase(place, async ({ database }) => {
    await assertMigrated(database)
    const life = await readLife(database, taskId)
    if (!life) {
      throw new TaskError('task_not_found', `There is no task ${JSON.stringify(taskId)} in ${nameOf(place)}.`)
    }
    const events = toEvents(life)
    const { task, ...rest } = life
    return { ok: true, json: { ok: true, task, events, ...rest }, text: describeLife(life, events, terminal.paint) }
  })
}
