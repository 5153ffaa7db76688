import type { BackgroundTask } from '@brandkit/core'
import type { TaskContextValue } from '../src/provider/task-context.js'
import { PAYLOAD } from './generate-button.js'

/** Creates a media plan through the page's session. @throws Error when the create was kept instead */
export async function createPlan({ session }: Pick<TaskContextValue, 'session'>): Promise<BackgroundTask> {
  const created = await session.create({ type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: PAYLOAD })
  if (created.status === 'kept') throw new Error(`The create was kept: ${created.reason}.`)
  return created
}
