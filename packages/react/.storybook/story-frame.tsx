import type { TaskConnection } from '@brandkit/client'
import { type ComponentType, Fragment, type ReactNode, useEffect, useMemo, useState } from 'react'
import { createObservable } from './observable.js'
import { TaskContext } from '../src/provider/task-context.js'
import type { UnsentTask } from '@brandkit/client'
import { TaskProvider, type TaskProviderProps } from '../src/provider/task-provider.js'
import { useTaskContext } from '../src/provider/use-task-context.js'
import { SCENARIO_TIME } from '../src/testing/scenario-time.js'
import type { TaskScenario } from '../src/testing/task-scenario.js'
import { taskScenarios } from '../src/testing/task-scenarios.js'
import { LOCALES } from '../test/locales.js'
import { MockApp } from './mock-app.js'
import { SharedTheme, toTheme } from './shared-theme.js'
import { setStage, type Stage } from './stage.js'

/** The settings that a story may give in `parameters.frame`. */
interface FrameParameters {
  /** The tasks on the server. Default: none. */
  scenario?: TaskScenario
  faults?: Stage['faults']
  connection?: TaskConnection
  unsent?: readonly UnsentTask[]
  /** The app's callbacks and catalog. */
  provider?: Pick<TaskProviderProps, 'onEdit' | 'onSignIn' | 'catalog'>
  /** `corner`: the components float over an empty app. `page`: they are the content of a page. Default `corner`. */
  place?: 'corner' | 'page'
  /** Wraps the provider, and therefore the dock. */
  wrap?: ComponentType<{ children: ReactNode }>
}

/** Looks that the toolbar sets; a story or its controls may override them. */
export interface FrameLooks {
  theme: 'system' | 'light' | 'dark'
  /** BCP 47, one of `LOCALES`. */
  locale: string
  direction: 'auto' | 'ltr' | 'rtl'
  motion: 'full' | 'reduce'
  textSize: '100%' | '200%'
}

interface StoryFrameProps {
  context: {
    id: string
    viewMode: string
    globals: Record<string, unknown>
    parameters: Record<string, unknown>
    args: unknown
  }
  children: ReactNode
}

const NOTHING: readonly UnsentTask[] = []
const now = () => SCENARIO_TIME
const nameOf = (userId: string) => (userId === 'grace' ? 'Grace' : undefined)

/** A page of an app around the components, with its own server and a clock that stands still. */
export function StoryFrame({
  context: { id, viewMode, globals, parameters, args },
  children,
}: StoryFrameProps): ReactNode {
  const looks = { ...globals, ...(parameters['looks'] as object), ...pickLooks(args) } as unknown as FrameLooks
  const frame = (parameters['frame'] ?? {}) as FrameParameters
  const { connection, unsent, provider, place = 'corner', wrap: Wrap = Fragment } = frame
  const [stage] = useState(() =>
    Object.assign(setStage(id, frame.scenario ?? taskScenarios.none()), { faults: frame.faults ?? {} }),
  )
  const hasOwnLooks = parameters['looks'] !== undefined || Object.keys(pickLooks(args)).length > 0
  const theme = useMemo(() => toTheme(globals['brand']), [globals])
  const natural = looks.locale === 'ar' ? 'rtl' : 'ltr'
  const direction = looks.direction === 'auto' ? natural : looks.direction

  useEffect(() => {
    document.documentElement.style.fontSize = looks.textSize
    return () => {
      document.documentElement.style.fontSize = ''
    }
  }, [looks.textSize])

  return (
    <div
      className="story-frame"
      data-view={viewMode}
      data-looks={hasOwnLooks ? 'own' : undefined}
      data-width={(globals['viewport'] as { value?: string } | undefined)?.value}
      data-theme={looks.theme === 'system' ? undefined : looks.theme}
      data-motion={looks.motion === 'reduce' ? 'reduce' : undefined}
      dir={direction}
      lang={looks.locale}
      style={theme}
    >
      <SharedTheme.Provider value={theme}>
        <Wrap>
          <TaskProvider
            userId={id}
            brandId="aurora"
            url={`/api/jobs/${id}`}
            labels={LOCALES[looks.locale]}
            locale={looks.locale}
            now={now}
            nameOf={nameOf}
            {...provider}
          >
            {place === 'corner' && <MockApp />}
            <StageHand stage={stage} />
            <Circumstances connection={connection} unsent={unsent}>
              {place === 'page' ? <main className="story-page">{children}</main> : children}
            </Circumstances>
          </TaskProvider>
        </Wrap>
      </SharedTheme.Provider>
    </div>
  )
}

/** Hands the provider's services to the play function, and polls once for the data that only a status read has. */
function StageHand({ stage }: { stage: Stage }): ReactNode {
  const context = useTaskContext()
  useEffect(() => {
    stage.enter(context)
    const { registry } = context.session
    const stop = registry.subscribe(() => {
      stop()
      // Waits for the event to finish, because the task is tracked before it is followed.
      setTimeout(() => context.follower.wake(), 0)
    })
    return stop
  }, [stage, context])
  return null
}

interface CircumstancesProps {
  connection: TaskConnection | undefined
  unsent: readonly UnsentTask[] | undefined
  children: ReactNode
}

/** Puts the components into a state that a server cannot cause. */
function Circumstances({ connection, unsent, children }: CircumstancesProps): ReactNode {
  const context = useTaskContext()
  const [waiting] = useState(() => createObservable(unsent ?? NOTHING))
  const value = useMemo(() => {
    const discard = (key: string) => waiting.set(waiting.get().filter((task) => task.key !== key))
    const outbox = {
      entries: waiting.get,
      subscribe: waiting.subscribe,
      sendAgain: async (key: string) => discard(key),
      discard,
    }
    return { ...context, ...(unsent && { outbox }), ...(connection && { connection: createObservable(connection) }) }
  }, [context, connection, unsent, waiting])
  return <TaskContext.Provider value={value}>{children}</TaskContext.Provider>
}

const LOOKS = ['theme', 'locale', 'direction', 'motion', 'textSize'] as const

/** Picks the looks from a story's controls, if it has any. */
function pickLooks(args: unknown): Partial<FrameLooks> {
  const given = args as Partial<FrameLooks>
  return Object.fromEntries(LOOKS.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
}
