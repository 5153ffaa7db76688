import type { UnsentTask } from '@brandkit/client'
import { expect, fn, waitFor } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { SCENARIO_TIME } from '../../testing/scenario-time.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import { TaskStatusIndicator } from './task-status-indicator.js'

const meta = preview.meta({
  title: 'TaskStatusIndicator/What waits for the user',
  component: TaskStatusIndicator,
  args: { open: true, onOpenResult: () => {} },
})

const unsent = (type: string, title: string, more: Pick<UnsentTask, 'at' | 'state' | 'refusal'>): UnsentTask => ({
  key: type,
  input: { type, brandId: 'aurora', payload: { title } } as unknown as UnsentTask['input'],
  traceId: '0'.repeat(32),
  ...more,
})
/** The part of an app's catalog that pages need. */
const catalog = { GENERATE_BRAND_KIT: { title: ({ payload }: { payload: { title: string } }) => payload.title } }
const edit = fn()
const signIn = fn()

export const InputMustChange = meta.story({
  name: 'Failed: the input must change',
  parameters: { frame: { scenario: taskScenarios.refused(), provider: { onEdit: edit } } },
  play: async ({ canvas, userEvent }) => {
    const row = await canvas.findByRole('listitem', { name: /Spring sale/ })
    await expect(row).toHaveTextContent(/Four weeks on six channels need at least/)
    await expect(row).not.toHaveTextContent(/Change the input/)
    await userEvent.click(canvas.getByRole('button', { name: 'Edit and try again: Media plan: Spring sale' }))
    await waitFor(() => expect(edit).toHaveBeenCalledWith(expect.objectContaining({ payload: expect.anything() })))
    await expectVisible(canvas.getByRole('button', { name: /^Try again: Global trends/ }))
  },
})

export const NotSentYet = meta.story({
  name: 'Not sent yet',
  parameters: {
    frame: {
      scenario: taskScenarios.one(),
      connection: { state: 'offline', lastUpdatedAt: SCENARIO_TIME - 40_000 },
      unsent: [
        unsent('GENERATE_BRAND_KIT', 'Brand kit: Aurora', { at: SCENARIO_TIME - 20_000, state: 'waiting' }),
        unsent('GENERATE_TRENDS', '', { at: SCENARIO_TIME - 26 * 3_600_000, state: 'old' }),
      ],
      provider: { catalog },
    },
  },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByRole('listitem', { name: 'Brand kit: Aurora' })).toHaveTextContent(
      /Will start when you are online/,
    )
    await userEvent.click(canvas.getByRole('button', { name: 'Discard Brand kit: Aurora' }))
    await waitFor(() => expect(canvas.getByRole('listitem', { name: 'Trends' })).toHaveFocus())
    await expectVisible(canvas.getByRole('button', { name: 'Send now: Trends' }))
  },
})

export const RefusedLater = meta.story({
  name: 'Kept, and then refused',
  parameters: {
    frame: {
      scenario: taskScenarios.one(),
      unsent: [
        unsent('GENERATE_BRAND_KIT', 'Brand kit: Aurora', {
          at: SCENARIO_TIME - 20_000,
          state: 'refused',
          refusal: { code: 'budget_exhausted', message: 'The budget of this month is used up.' },
        }),
      ],
      provider: { catalog, onEdit: edit },
    },
  },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('listitem', { name: 'Brand kit: Aurora' })
    await expect(row).toHaveAttribute('data-phase', 'failed')
    await expect(row).toHaveTextContent(/The budget for this month is used up/)
    await expectVisible(canvas.getByRole('button', { name: 'Try again: Brand kit: Aurora' }))
  },
})

export const SignedOut = meta.story({
  name: 'Signed out',
  parameters: {
    frame: {
      scenario: taskScenarios.three(),
      connection: { state: 'auth-required', lastUpdatedAt: SCENARIO_TIME - 15_000 },
      unsent: [unsent('GENERATE_BRAND_KIT', 'Brand kit: Aurora', { at: SCENARIO_TIME - 5_000, state: 'waiting' })],
      provider: { catalog, onSignIn: signIn },
    },
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await expectVisible(await canvas.findByText(/Sign in again/))
    await expect(canvas.getByRole('listitem', { name: 'Brand kit: Aurora' })).toHaveTextContent(
      /Will start when you have signed in/,
    )
    await waitFor(() => expect(canvasElement.querySelectorAll('.brandkit-row')).toHaveLength(4))
    await expect(canvasElement.querySelector('[data-phase="failed"]')).toBeNull()
    await userEvent.click(canvas.getByRole('button', { name: 'Sign in' }))
    await expect(signIn).toHaveBeenCalled()
  },
})
