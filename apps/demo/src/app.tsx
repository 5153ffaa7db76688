import { TaskNotification, TaskProvider, TaskStatusIndicator } from '@brandkit/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react'
import { Route, Switch } from 'wouter'
import { t, taskTitle, useLanguage } from './language/language.ts'
import { log, taskService } from './network/task-service.ts'
import { BatchPage } from './pages/batch-page.tsx'
import { HistoryPage } from './pages/history-page.tsx'
import { OverviewPage } from './pages/overview-page.tsx'
import { Forbidden, NotFoundPage, SignInPage } from './pages/plain-pages.tsx'
import { GeneratedSectionPage, MediaPlanPage } from './pages/section-page.tsx'
import { TaskPage } from './pages/task-page.tsx'
import { formPath, isElsewhere, navigate, openTask } from './navigation/addresses.tsx'
import type { Section } from './sections/section.ts'
import { findSectionByPath, TASK_TITLES } from './sections/sections.ts'
import { type Person, type Session, useSession } from './session/use-session.ts'
import { Shell } from './shell/shell.tsx'
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
        catalog={TASK_TITLES}
        onEdit={(task) => navigate(formPath(task, 'edit'))}
        onSignIn={session.signInAgain}
        {...(user && { brandId: user.brandId })}
      >
        <Page session={session} />
        {user && (
          <>
            <UndoBar />
            <TaskStatusIndicator getTitle={taskTitle} onOpenTask={openTask} onOpenResult={openTask} />
            <TaskNotification getTitle={taskTitle} onOpenTask={openTask} onOpenResult={openTask} show={isElsewhere} />
          </>
        )}
      </TaskProvider>
    </QueryClientProvider>
  )
}

// Loaded only for operators.
const OperationsPage = lazy(async () => ({ default: (await import('./pages/operations-page.tsx')).OperationsPage }))

/** The page for the address and the user. */
function Page({ session }: { session: Session }) {
  const { state, user, people, problem, signIn, signOut } = session
  if (state === 'loading') return <p className="loading">{t('Opening the studio…')}</p>
  if (!user) return <SignInPage people={people} problem={problem} onPick={signIn} />

  return (
    <Shell user={user} onSignOut={signOut}>
      <Suspense fallback={<p className="loading">{t('Opening the page…')}</p>}>
        <Place user={user} session={session} />
      </Suspense>
    </Shell>
  )
}

function Place({ user, session: { people, limits } }: { user: Person; session: Session }) {
  return (
    <Places
      renderOverview={() => <OverviewPage user={user} limits={limits} />}
      renderHistory={() => <HistoryPage />}
      renderBatch={(batchId) => <BatchPage key={batchId} user={user} batchId={batchId} />}
      // Others do not ask: the server would refuse, and browsers print every 403 to the console.
      renderOperations={() =>
        user.role === 'operator' ? <OperationsPage user={user} people={people} /> : <Forbidden />
      }
      renderTask={(section, taskId) => <TaskPage key={taskId} section={section} taskId={taskId} />}
      renderSection={(section, { isFormOpen }) => {
        const props = { section, user, isFormOpen }
        if (section.type === 'GENERATE_MEDIA_PLAN') return <MediaPlanPage {...props} />
        return <GeneratedSectionPage key={section.type} {...props} />
      }}
    />
  )
}

interface PlacesProps {
  renderOverview: () => ReactNode
  renderHistory: () => ReactNode
  renderOperations: () => ReactNode
  renderBatch: (batchId: string) => ReactNode
  renderSection: (section: Section, options: { isFormOpen: boolean }) => ReactNode
  renderTask: (section: Section, taskId: string) => ReactNode
}

/** The page for each address. */
export function Places(props: PlacesProps) {
  const { renderOverview, renderHistory, renderOperations, renderBatch, renderSection, renderTask } = props
  return (
    <Switch>
      <Route path="/">{renderOverview}</Route>
      <Route path="/history">{renderHistory}</Route>
      <Route path="/ops">{renderOperations}</Route>
      <Route path="/batch/:batchId">{({ batchId }) => renderBatch(batchId)}</Route>
      <Route path="/:path/:detail?">
        {({ path, detail }) => {
          const found = findSectionByPath(path)
          if (!found) return <NotFoundPage />
          const isForm = detail === 'new'
          return detail === undefined || isForm
            ? renderSection(found, { isFormOpen: isForm })
            : renderTask(found, detail)
        }}
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  )
}
