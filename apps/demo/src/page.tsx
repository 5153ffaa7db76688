import { lazy, Suspense } from 'react'
import { BatchPage } from './batch/batch-page.tsx'
import { HistoryPage } from './history/history-page.tsx'
import { MediaPlanPage } from './media-plan/media-plan-page.tsx'
import { Forbidden } from './ops/forbidden.tsx'
import { OverviewPage } from './overview/overview-page.tsx'
import { GeneratedSectionPage } from './section-page/generated-section-page.tsx'
import type { Person } from './session/session-api.ts'
import { SignInPage } from './session/sign-in-page.tsx'
import type { Session } from './session/use-session.ts'
import { Places } from './shell/places.tsx'
import { Shell } from './shell/shell.tsx'
import { TaskPage } from './task-page/task-page.tsx'

// Nobody but an operator needs it.
const OperationsPage = lazy(async () => ({ default: (await import('./ops/operations-page.tsx')).OperationsPage }))

/** What the address shows to whoever is signed in. */
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
      // Asking would only be refused, and browsers print every 403 to the console.
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
