import type { DueTask } from '../maintain-pass.js'
import type { EndedTask, ReleaseOptions } from '../release-next.js'
import { releaseFollowers } from './after-tasks.js'
import type { ChangingProcess } from './notify.js'
import { releaseHeld } from './release-held.js'
import type { Execute } from './statement.js'

/** After a task has ended: releases what waits for it, and one held task for each limit that it no longer counts in. */
export async function releaseNext(
  execute: Execute,
  ended: EndedTask,
  { limits, notices, own }: ReleaseOptions & { own: ChangingProcess },
): Promise<DueTask[]> {
  const held = limits ? await releaseHeld(execute, ended, limits) : []
  const followers = ended.awaited ? await releaseFollowers(execute, ended.taskId, { own, notices }) : []
  return [...held, ...followers]
}
