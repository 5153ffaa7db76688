import { type ComponentProps, useEffect, useRef } from 'react'
import { expect, waitFor } from 'storybook/test'
import { expectVisible } from '../../.storybook/expect-visible.js'
import preview from '../../.storybook/preview.js'
import { stageOf } from '../../.storybook/stage.js'
import type { FrameLooks } from '../../.storybook/story-frame.js'
import { LOCALES } from '../../test/locales.js'
import { TaskStatusIndicator } from '../components/task-status-indicator/task-status-indicator.js'
import { useTaskContext } from '../provider/use-task-context.js'
import { createTaskScenario } from '../testing/task-scenario.js'
import { taskScenarios } from '../testing/task-scenarios.js'
import type { ScenarioTask } from '../testing/to-scenario-task.js'

const STATES = {
  waiting: 'waiting',
  scheduled: 'scheduled',
  running: 'one',
  retrying: 'retrying',
  completed: 'finished',
  failed: 'failed',
} as const

interface PlaygroundArgs extends Pick<ComponentProps<typeof TaskStatusIndicator>, 'open' | 'position'>, FrameLooks {
  status: keyof typeof STATES
  progress: number
  count: number
}

const TITLES: Pick<ScenarioTask, 'title' | 'type'>[] = [
  { title: 'Media plan: Spring sale' },
  { title: 'Brand kit: Aurora', type: 'GENERATE_BRAND_KIT' },
  { title: 'Personas: Young parents', type: 'AUTO_GENERATE_PERSONAS' },
  { title: 'Content package: Sleep better', type: 'GENERATE_CONTENT_PACKAGE' },
]

/** Gives the story a server with the tasks of the controls, and shows them as if the server had reported them. */
function Playground({ status, progress, count, open, position }: PlaygroundArgs) {
  const { session, userId } = useTaskContext()
  const version = useRef(10)
  useEffect(() => {
    version.current += 1
    const tasks = toTasks({ status, progress, count, version: version.current })
    const ids = tasks.map(({ taskId }) => taskId)
    // Each story signs in with its own id.
    stageOf(userId ?? '').reset(tasks)
    session.cache.write(tasks)
    for (const taskId of session.registry.ids()) if (!ids.includes(taskId)) session.registry.remove(taskId)
    for (const taskId of ids) {
      session.registry.add(taskId)
      session.registry.reveal(taskId)
    }
    session.registry.touch()
  }, [session, userId, status, progress, count])
  return <TaskStatusIndicator open={open} position={position} onOpenResult={() => {}} />
}

function toTasks({
  status,
  progress,
  count,
  version,
}: Pick<PlaygroundArgs, 'status' | 'progress' | 'count'> & { version: number }) {
  const [model] = taskScenarios[STATES[status]]().tasks
  const fields = {
    version,
    ...(model?.status === 'queued' && {
      runAt: model.runAt,
      retryCount: model.retryCount,
      ...(model.startedAt !== undefined && { startedAt: model.startedAt }),
    }),
    ...(model?.lastError !== undefined && { lastError: model.lastError, errorCode: model.errorCode }),
  } as ScenarioTask['fields']
  const tasks = Array.from({ length: count }, (_, index) => ({
    title: '',
    ...TITLES[index % TITLES.length],
    progress,
    status: model?.status,
    fields,
  }))
  return createTaskScenario(tasks).tasks
}

const meta = preview.meta({ title: 'Playground', component: Playground, tags: ['!autodocs'] })

export const Everything = meta.story({
  name: 'Playground',
  args: {
    status: 'running',
    progress: 42,
    count: 3,
    open: true,
    position: 'bottom-end',
    theme: 'light',
    locale: 'en',
    direction: 'auto',
    motion: 'full',
    textSize: '100%',
  },
  argTypes: {
    status: { control: 'select', options: Object.keys(STATES), description: 'The state of every task' },
    progress: { control: { type: 'range', min: 0, max: 100 }, description: 'How far the tasks are, in percent' },
    count: {
      control: { type: 'range', min: 0, max: 200 },
      description: 'The number of tasks; the panel shows 50 at a time',
    },
    open: { description: 'Whether the panel is open' },
    position: {
      control: 'inline-radio',
      options: ['bottom-end', 'bottom-start'],
      description: 'The corner, in reading direction',
    },
    theme: {
      control: 'inline-radio',
      options: ['system', 'light', 'dark'],
      description: 'The color scheme around the components',
    },
    locale: {
      control: 'inline-radio',
      options: Object.keys(LOCALES),
      description: 'The label catalogue, and the language of times',
    },
    direction: {
      control: 'inline-radio',
      options: ['auto', 'ltr', 'rtl'],
      description: 'The reading direction; auto follows the language',
    },
    motion: {
      control: 'inline-radio',
      options: ['full', 'reduce'],
      description: 'Reduced motion, as data-motion on an element around',
    },
    textSize: { control: 'inline-radio', options: ['100%', '200%'], description: 'The font size of the page' },
  },
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByRole('button', { name: /3 running/ }))
    await waitFor(() => expect(canvas.getAllByRole('progressbar')[0]).toHaveAttribute('value', '42'))
  },
})
