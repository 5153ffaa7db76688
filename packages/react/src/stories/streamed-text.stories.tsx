import { createTaskService } from '@brandkit/client'
import { createFakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import { useState } from 'react'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.js'
import { useTaskText } from '../hooks/use-task-text.js'
import { TaskProvider } from '../provider/task-provider.js'

const STORY =
  'The harbour was quiet when the first boat came in. Nobody had expected it before the morning, and so nobody saw how it was made fast, or who stepped ashore with a lamp in one hand and a letter in the other.'

/** Opens a server on which a task is writing the story, in two seconds. */
function openServer() {
  const texts = STORY.split(/(?<= )/)
  const server = createFakeTaskServer({ scenario: { startAfterMs: 0, durationMs: 2_000, texts } })
  const service = createTaskService({ url: 'http://fake.test/api/jobs', fetch: server.fetch })
  const creation = service.createBackgroundTask({
    type: 'GENERATE_MEDIA_PLAN',
    brandId: 'aurora',
    payload: {
      campaignName: 'Harbour',
      objective: 'awareness',
      budget: 10_000,
      startDate: '2027-03-01',
      weeks: 4,
      channels: ['search'],
      audience: 'Readers',
    },
  })
  return { service, creation }
}

function GrowingText() {
  const [{ service, creation }] = useState(openServer)
  const [taskId, setTaskId] = useState<string | null>(null)
  if (taskId === null) void creation.then((task) => setTaskId(task.taskId))
  return (
    <TaskProvider userId="ada" service={service}>
      <Story taskId={taskId} />
    </TaskProvider>
  )
}

function Story({ taskId }: { taskId: string | null }) {
  const { text, isComplete } = useTaskText(taskId)
  return (
    <article aria-busy={!isComplete} style={{ maxInlineSize: '40ch', padding: '2rem', lineHeight: 1.6 }}>
      {text}
    </article>
  )
}

const meta = preview.meta({ title: 'Hooks/useTaskText', component: GrowingText, tags: ['!autodocs'] })

export const Growing = meta.story({
  name: 'A text that grows',
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByRole('article')).toHaveTextContent(STORY), { timeout: 20_000 })
    await waitFor(() => expect(canvas.getByRole('article')).toHaveAttribute('aria-busy', 'false'), { timeout: 20_000 })
  },
})
