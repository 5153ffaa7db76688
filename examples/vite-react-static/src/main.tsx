import '@brandkit/react/styles.css'
import { TaskNotification, TaskProvider, TaskStatusIndicator, useCreateTask, useLatestTask } from '@brandkit/react'
import { createRoot } from 'react-dom/client'
import { taskService } from './task-service.ts'

function StoryPage() {
  const story = useCreateTask('WRITE_STORY')
  const latest = useLatestTask('WRITE_STORY')
  const payload = { about: 'a lighthouse' }
  return (
    <main>
      <h1>Stories without a backend</h1>
      <button type="button" disabled={story.isPending} onClick={() => story.mutate({ payload })}>
        Write a story
      </button>
      {latest?.status === 'completed' && <p style={{ whiteSpace: 'pre-line' }}>{latest.result.story}</p>}
    </main>
  )
}

createRoot(document.querySelector('#root') ?? document.body).render(
  <TaskProvider userId="dev" brandId="demo" service={taskService}>
    <StoryPage />
    <TaskStatusIndicator />
    <TaskNotification />
  </TaskProvider>,
)
