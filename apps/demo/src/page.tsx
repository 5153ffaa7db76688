import { lazy, Suspense } from 'react'
import { BatchPage } from './pages/batch-page.tsx'
import { Forbidden } from './pages/empty-pages.tsx'
import { HistoryPage } from './pages/history-page.tsx'
import { MediaPlanPage } from './pages/media-plan-page.tsx'
import { OverviewPage } from './pages/overview-page.tsx'
import { Places } from './pages/places.tsx'
import { GeneratedSectionPage } from './pages/section-page.tsx'
import { SignInPage } from './pages/sign-in-page.tsx'
import { TaskPage } from './pages/task-page.tsx'
import type { Person, Session } from './session/use-session.ts'
import { Shell } from './shell/shell.tsx'

// Loaded only for operators.
const OperationsPage = lazy(async () => ({ default: (await import('./ops/operations-page.tsx')).OperationsPage }))

/** The page for the address and the user. */
export function Page({ session }: { session: Session }) {
  const { state, user, people, problem, signIn, signOut } = session
  if (state === 'loading') return <p className="loading">Opening the studio…</p>
  if (!user) return <SignInPage people={people} problem={problem} onPick={signIn} />

  return (
    <Shell user={user} onSignOut={signOut}>
      <Suspense fallback={<p className="loading">Opening the page…</p>}>
        <Place user={user} session={session} />
      </Suspense>
    </Shell>
  )
}

function Place({ user, session: { people } }: { user: Person; session: Session }) {
  return (
    <Places
      renderOverview={() => <OverviewPage user={user} />}
      renderHistory={() => <HistoryPage />}
      renderBatch={(batchId) => <BatchPage key={batchId} user={user} batchId={batchId} />}
      // Others do not ask: the server would refuse, and browsers print every 403 to the console.
      renderOperations={() => (user.role === 'operator' ? <OperationsPage people={people} /> : <Forbidden />)}
      renderTask={(section, taskId) => <TaskPage key={taskId} section={section} taskId={taskId} />}
      renderSection={(section, { isFormOpen }) => {
        const props = { section, user, isFormOpen }
        if (section.type === 'GENERATE_MEDIA_PLAN') return <MediaPlanPage {...props} />
        return <GeneratedSectionPage key={section.type} {...props} />
      }}
    />
  )
}
