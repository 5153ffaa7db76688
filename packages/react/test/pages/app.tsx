import { createTaskService } from '@brandkit/client'
import { brandTasks } from '@brandkit/core'
import { type ReactNode, StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../../src/styles.css'
import {
  type TaskContextValue,
  TaskNotification,
  TaskProvider,
  TaskStatusIndicator,
  useTaskConnection,
  useTaskContext,
  useTaskEvents,
  useTasks,
} from '../../src/index.js'
import { GenerateButton } from '../generate-button.js'

declare global {
  interface Window {
    tasks: TaskContextValue
    /** The events from `useTaskEvents`, as `completed leader`. */
    told: string[]
    signIn: (userId: string | null) => void
    /** Sets the panel's `open` prop; `undefined` leaves it to the component. */
    setPanelOpen: (open: boolean | undefined) => void
    /** How far the provider's clock is ahead, in milliseconds. */
    ahead: number
  }
}

const query = new URLSearchParams(location.search)
const tab = query.get('tab') ?? 'tab'
window.told = []
window.ahead = 0

/** Some browsers of these tests have no storage. */
function storedUser(): string | null {
  try {
    return localStorage.getItem('user')
  } catch {
    return null
  }
}

let token = 'first'
const service = createTaskService({
  headers: () => ({
    'x-fake-user': storedUser() ?? 'ada',
    'x-tab': tab,
    authorization: `Bearer ${token}`,
  }),
  onUnauthenticated: async () => {
    const answer = await fetch('/renew', { method: 'POST' })
    if (answer.ok) token = await answer.text()
    return answer.ok
  },
})
const now = () => Date.now() + window.ahead
/** The user's session is renewed or not by the tests' server, so there is nothing to do here. */
const signIn = async () => {}

/** An app: a button, its task, and the two components. The app's own storage names the signed-in user. */
function App(): ReactNode {
  const [userId, setUserId] = useState<string | null>(() => storedUser() ?? 'ada')
  const [isPanelOpen, setPanelOpen] = useState<boolean>()
  useEffect(() => {
    window.setPanelOpen = setPanelOpen
    window.signIn = (next) => {
      if (next === null) localStorage.removeItem('user')
      else localStorage.setItem('user', next)
      setUserId(next)
    }
  }, [])
  return (
    <TaskProvider
      userId={userId}
      brandId="aurora"
      service={service}
      catalog={brandTasks}
      onSignIn={signIn}
      now={now}
      debug
    >
      <GenerateButton />
      <Facts />
      <TaskStatusIndicator open={isPanelOpen} />
      <TaskNotification />
    </TaskProvider>
  )
}

const note = (kind: string, isLeader: boolean) => window.told.push(`${kind} ${isLeader ? 'leader' : 'follower'}`)

function Facts(): ReactNode {
  const context = useTaskContext()
  useEffect(() => {
    window.tasks = context
  }, [context])
  const { state } = useTaskConnection()
  const titles = useTasks({}, (tasks) => tasks.map(({ title, status }) => `${title}: ${status}`))
  useTaskEvents({
    onStarted: (_task, { isLeader }) => note('started', isLeader),
    onSettled: ({ status }, { isLeader }) => note(status, isLeader),
  })
  return (
    <main>
      <output data-testid="connection">{state}</output>
      <output data-testid="titles">{titles.join(', ')}</output>
    </main>
  )
}

createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
