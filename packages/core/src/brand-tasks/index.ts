import { defineTasks } from '../task-catalog.js'
import { mediaPlan } from './media-plan.schema.js'

/** The ten generative tasks of the brand suite, ready to be served. */
export const brandTasks = defineTasks({
  GENERATE_MEDIA_PLAN: mediaPlan,
})
