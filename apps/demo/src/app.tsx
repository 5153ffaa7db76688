import { TaskNotification, TaskProvider, TaskStatusIndicator } from '@brandkit/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useLanguage } from './language/language.ts'
import { log, taskService } from './network/task-service.ts'
import { Page } from './page.tsx'
import { navigate } from './parts/link.tsx'
import { useSession } from './session/use-session.ts'
import { formPath, isElsewhere, openTask } from './tasks/open-task.ts'
import { UndoBar } from './tasks/undo-delete.tsx'

/** The whole app: the picker before sign-in, then the studio with the user's tasks. */
export function App() {
  const [queryClient] = useState(() => new QueryClient())
  const session = useSession()
  const { language, locale, direction, labels } = useLanguage()
  const { user, people } = session
  const nameOf = useCallback((userId: string) => people.find(({ id }) => id === userId)?.name, [people])

  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = direction
  }, [language, direction])
  useEffect(() => {
    if (session.state === 'ready')
      log.scope('App').info(user ? 'Signed in' : 'Nobody is signed in', { userId: user?.id })
  }, [session.state, user])

  return (
    <QueryClientProvider client={queryClient}>
      <TaskProvider
        debug
        service={taskService}
        userId={user?.id ?? null}
        nameOf={nameOf}
        locale={locale}
        labels={labels}
        onEdit={(task) => navigate(formPath(task, 'edit'))}
        onSignIn={session.signInAgain}
        {...(user && { brandId: user.brandId })}
      >
        <Page session={session} />
        {user && (
          <>
            <UndoBar />
            <TaskStatusIndicator onOpenResult={openTask} />
            <TaskNotification onOpenResult={openTask} show={isElsewhere} />
          </>
        )}
      </TaskProvider>
    </QueryClientProvider>
  )
}
