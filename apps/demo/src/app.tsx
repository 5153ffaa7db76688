import { TaskNotification, TaskProvider, TaskStatusIndicator } from '@brandkit/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { log } from './log.ts'
import { MediaPlanPage } from './media-plan/media-plan-page.tsx'
import { PlanPage } from './plan-view/plan-page.tsx'
import { isElsewhere, openPlan } from './plan-view/plan-path.ts'
import { SignInPage } from './session/sign-in-page.tsx'
import { type Session, useSession } from './session/use-session.ts'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { Shell } from './shell/shell.tsx'
import { useRoute } from './shell/use-route.ts'

/** Who is signed in decides everything: nobody gets the picker, somebody the studio with their tasks. */
export function App() {
  const [queryClient] = useState(() => new QueryClient())
  const session = useSession()
  const { user } = session

  useEffect(() => {
    if (session.state === 'ready')
      log.scope('App').info(user ? 'Signed in' : 'Nobody is signed in', { userId: user?.id })
  }, [session.state, user])

  return (
    <QueryClientProvider client={queryClient}>
      <TaskProvider debug userId={user?.id ?? null} {...(user && { brandId: user.brandId })}>
        <Page session={session} />
        {user && (
          <>
            <TaskStatusIndicator onOpenResult={openPlan} />
            <TaskNotification onOpenResult={openPlan} show={isElsewhere} />
          </>
        )}
      </TaskProvider>
    </QueryClientProvider>
  )
}

function Page({ session }: { session: Session }) {
  const route = useRoute()
  const { state, user, people, problem, signIn, signOut } = session
  if (state === 'loading') return <p className="loading">Opening the studio…</p>
  if (!user) return <SignInPage people={people} problem={problem} onPick={signIn} />

  return (
    <Shell user={user} onSignOut={signOut}>
      {route.page === 'media-plan' && <MediaPlanPage user={user} />}
      {route.page === 'plan' && <PlanPage key={route.taskId} taskId={route.taskId} />}
      {route.page === 'not-found' && <NotFoundPage />}
    </Shell>
  )
}
