import { expect, fireEvent, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.js'
import { ThemeEditor } from '../../.storybook/theme-editor.js'
import { TaskStatusIndicator } from '../components/task-status-indicator/task-status-indicator.js'
import { taskScenarios } from '../testing/task-scenarios.js'

const meta = preview.meta({
  title: 'Foundations/Theme editor',
  component: TaskStatusIndicator,
  tags: ['!autodocs'],
  args: { open: true, onOpenResult: () => {} },
  parameters: { controls: { disable: true }, frame: { scenario: taskScenarios.everything(), wrap: ThemeEditor } },
})

export const Theme = meta.story({
  play: async ({ canvas, canvasElement }) => {
    const panel = await waitFor(() => {
      const found = canvasElement.querySelector('.brandkit-panel')
      if (!found) throw new Error('The panel is not there yet.')
      return found
    })
    await expect(canvas.getByRole('button', { name: 'Copy CSS' })).toBeDisabled()
    await fireEvent.change(canvas.getByRole('textbox', { name: 'radius' }), { target: { value: '4px' } })
    await fireEvent.change(canvas.getByLabelText('accent, light'), { target: { value: '#0b6bcb' } })
    await expect(canvas.getByRole('region', { name: 'CSS of the changes' })).toHaveTextContent(
      '.brandkit-dock, .brandkit-inline { --brandkit-radius: 4px; --brandkit-accent: light-dark(#0b6bcb, #a5b0ff); }',
    )
    await expect(getComputedStyle(panel).borderRadius).toBe('4px')
    await expect(canvas.getByRole('button', { name: 'Copy CSS' })).toBeEnabled()
    await expect(canvas.getByRole('button', { name: 'Copy link' })).toBeEnabled()
  },
})
