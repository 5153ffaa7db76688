import { expect } from 'storybook/test'
import preview from '../../../.storybook/preview.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import { TaskStatusIndicator } from './task-status-indicator.js'

const meta = preview.meta({
  title: 'TaskStatusIndicator/Tasks after tasks',
  component: TaskStatusIndicator,
  args: { open: true, onOpenResult: () => {} },
})

export const Following = meta.story({
  name: 'Waiting for other tasks',
  parameters: { frame: { scenario: taskScenarios.following() } },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('listitem', { name: /parents/ })
    await expect(row).toHaveTextContent('Waiting for Brand kit: Aurora')
    await expect(row).toHaveAttribute('data-phase', 'waiting-for-task')
    await expect(canvas.getByRole('listitem', { name: /plan/ })).toHaveTextContent(
      /Waiting for 2 others.*Personas: Young parents, Brand kit: Aurora/,
    )
    const failed = canvas.getByRole('listitem', { name: /surfers/ })
    await expect(failed).toHaveTextContent('“Brand kit: Borealis” was needed first, and did not complete.')
    await expect(failed).toHaveTextContent('Try that one again first, and then this one.')
  },
})
