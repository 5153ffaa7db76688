'use client'
import { TaskNotification, TaskProvider, TaskStatusIndicator, useCreateTask, useLatestTask } from '@brandkit/react'
import type { ReactNode } from 'react'

export const Tasks = ({ children }: { children: ReactNode }) => (
  <TaskProvider userId="dev" brandId="demo">
    {children}
    <TaskStatusIndicator />
    <TaskNotification />
  </TaskProvider>
)

export function StoryPage() {
  const { mutate, isPending } = useCreateTask('WRITE_STORY')
  const latest = useLatestTask('WRITE_STORY') // a reloaded page shows it again
  return (
    <main>
      <h1>Stories in the background</h1>
      <button disabled={isPending} onClick={() => mutate({ payload: { about: 'a lighthouse' } })}>
        Write a story
      </button>
      {latest?.status === 'completed' && <p>{latest.result.story}</p>}
    </main>
  )
}
