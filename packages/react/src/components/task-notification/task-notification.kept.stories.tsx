import { expect, fn, waitFor } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { GenerateButton, type PAYLOAD } from '../../../test/generate-button.js'
import { SCENARIO_TIME } from '../../testing/scenario-time.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import { TaskStatusIndicator } from '../task-status-indicator/task-status-indicator.js'
import { TaskNotification } from './task-notification.js'

/** The part of an app's catalog that pages need. */
const catalog = {
  GENERATE_MEDIA_PLAN: { title: ({ payload }: { payload: typeof PAYLOAD }) => `Media plan: ${payload.campaignName}` },
}
const signIn = fn()

const meta = preview.meta({
  title: 'TaskNotification/Waiting creates',
  component: TaskNotification,
  args: { duration: Infinity },
  decorators: [
    (Story) => (
      <>
        <div className="story-controls">
          <GenerateButton />
        </div>
        <Story />
        <TaskStatusIndicator />
      </>
    ),
  ],
})

export const Sending = meta.story({
  parameters: { frame: { scenario: taskScenarios.none(), faults: { create: 'hangs' }, provider: { catalog } } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Generate' }))
    await expectVisible(await canvas.findByText('Sending…'))
    await expectVisible(canvas.getByText('Media plan: Campaign 1'))
    await expectVisible(await canvas.findByRole('button', { name: /1 not sent yet/ }))
  },
})

export const Offline = meta.story({
  parameters: {
    frame: {
      scenario: taskScenarios.none(),
      faults: { create: 'refuses' },
      connection: { state: 'offline', lastUpdatedAt: SCENARIO_TIME - 40_000 },
      provider: { catalog },
    },
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    const button = canvas.getByRole('button', { name: 'Generate' })
    await userEvent.click(button)
    await userEvent.click(button)
    await expectVisible(await canvas.findByText('Will start when you are online'))
    await expectVisible(canvas.getByText('Media plan: Campaign 1'))
    await expect(canvasElement.querySelectorAll('.brandkit-toast')).toHaveLength(1)
    await expectVisible(await canvas.findByRole('button', { name: /1 not sent yet/ }))
  },
})

export const SignedOut = meta.story({
  name: 'Signed out',
  parameters: {
    frame: {
      scenario: taskScenarios.none(),
      faults: { create: 'refuses' },
      connection: { state: 'auth-required', lastUpdatedAt: SCENARIO_TIME - 40_000 },
      provider: { catalog, onSignIn: signIn },
    },
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Generate' }))
    await expectVisible(await canvas.findByText('Will start when you have signed in'))
    await userEvent.click(canvas.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(signIn).toHaveBeenCalled())
    await expectVisible(await canvas.findByRole('button', { name: /1 not sent yet/ }))
  },
})
