import { brandTasks, defineTask, defineTasks } from '@brandkit/core'

/** The ten brand tasks as this studio offers them. */
export const studioTasks = defineTasks({
  ...brandTasks,
  // Two kits at once would contradict each other: a brand has one palette and one voice.
  GENERATE_BRAND_KIT: defineTask({
    ...brandTasks.GENERATE_BRAND_KIT,
    unique: ({ brandId }) => brandId,
    onConflict: 'refuse',
  }),
})
