import type { TaskJson } from '@brandkit/core'
import { createTaskScenario, type TaskScenario } from './task-scenario.js'
import { SCENARIO_TIME } from './scenario-time.js'
import type { ScenarioTask } from './to-scenario-task.js'

const inSeconds = (seconds: number): string => new Date(SCENARIO_TIME + seconds * 1_000).toISOString()

const running: ScenarioTask = { title: 'Media plan: Spring sale', progress: 62, remaining: 18 }
const unmeasured: ScenarioTask = { title: 'Brand kit: Aurora', type: 'GENERATE_BRAND_KIT', createdAgo: 6 }
const withItems: ScenarioTask = {
  title: 'Content package: Sleep better',
  type: 'GENERATE_CONTENT_PACKAGE',
  progress: 55,
  fields: {
    currentStep: 'posts',
    steps: [
      { key: 'angles', title: 'Finding angles', status: 'completed' },
      { key: 'posts', title: 'Writing posts', status: 'running', items: { done: 7, total: 12 } },
      { key: 'calendar', title: 'Filling the calendar', status: 'pending' },
    ],
  },
}
const waiting: ScenarioTask = {
  title: 'Personas: Young parents',
  type: 'AUTO_GENERATE_PERSONAS',
  status: 'queued',
  position: 4,
  createdAgo: 3,
}
const nextInLine: ScenarioTask = {
  title: 'Viral ideas: Oat milk',
  type: 'GENERATE_VIRAL_IDEAS',
  status: 'queued',
  position: 1,
  createdAgo: 8,
}
const scheduled: ScenarioTask = {
  title: 'Trends: Summer drinks',
  type: 'GENERATE_TRENDS',
  status: 'queued',
  fields: { runAt: inSeconds(95 * 60) },
}
const scheduledForTomorrow: ScenarioTask = {
  title: 'Global trends: Plant-based food',
  type: 'GENERATE_GLOBAL_TRENDS',
  status: 'queued',
  fields: { runAt: inSeconds(22.5 * 3_600) },
}
const retrying: ScenarioTask = {
  title: 'Facebook trends: Garden furniture',
  type: 'GENERATE_FACEBOOK_TRENDS',
  status: 'queued',
  progress: 34,
  startedAgo: 40,
  fields: { retryCount: 1, lastError: 'Facebook did not answer in time.', runAt: inSeconds(8) },
}
const throttled: ScenarioTask = {
  title: 'Personas: Night owls',
  type: 'AUTO_GENERATE_PERSONAS',
  status: 'queued',
  progress: 60,
  startedAgo: 40,
  fields: { runAt: inSeconds(20), waitingFor: { provider: 'openai', until: inSeconds(20) } },
}
const following: ScenarioTask = {
  title: 'Personas: Young parents',
  type: 'AUTO_GENERATE_PERSONAS',
  status: 'queued',
  fields: { waitsFor: [{ taskId: 'kit', title: 'Brand kit: Aurora' }] },
}
const followingSeveral: ScenarioTask = {
  title: 'Media plan: Spring sale',
  status: 'queued',
  fields: {
    waitsFor: [
      { taskId: 'personas', title: 'Personas: Young parents' },
      { taskId: 'kit', title: 'Brand kit: Aurora' },
    ],
  },
}
const unfollowed: ScenarioTask = {
  title: 'Personas: Silver surfers',
  type: 'AUTO_GENERATE_PERSONAS',
  status: 'failed',
  fields: {
    lastError: '“Brand kit: Borealis” was needed first, and did not complete.',
    errorCode: 'dependency_failed',
  },
}
const failed: ScenarioTask = {
  title: 'Content package: Sleep better',
  type: 'GENERATE_CONTENT_PACKAGE',
  status: 'failed',
  progress: 45,
  createdAgo: 240,
  endedAgo: 120,
  fields: {
    retryCount: 3,
    lastError: 'The text model answered with something that is no post, four times in a row.',
    errorCode: 'generator_failed',
  },
}
const lost: ScenarioTask = {
  title: 'Funnel campaign: Spring sale',
  type: 'GENERATE_FUNNEL_CAMPAIGN',
  status: 'failed',
  progress: 20,
  createdAgo: 900,
  endedAgo: 600,
  fields: { lastError: 'The work was interrupted.', errorCode: 'worker_lost' },
}
const refused: ScenarioTask = {
  title: 'Media plan: Spring sale',
  status: 'failed',
  progress: 20,
  createdAgo: 40,
  endedAgo: 20,
  fields: {
    payload: { campaignName: 'Spring sale', budget: 50 },
    lastError: 'Four weeks on six channels need at least 2,000 EUR, and the budget is 50 EUR.',
    errorCode: 'generator_refused',
  } as Partial<TaskJson>,
}
const tooMuch: ScenarioTask = {
  title: 'Global trends: Every market',
  type: 'GENERATE_GLOBAL_TRENDS',
  status: 'failed',
  progress: 70,
  createdAgo: 1_000,
  endedAgo: 90,
  fields: { lastError: 'This took longer than it may, and was stopped.', errorCode: 'task_timed_out' },
}
const finished: ScenarioTask = { title: 'Media plan: Winter closing', status: 'completed', createdAgo: 72 }
const cancelled: ScenarioTask = {
  title: 'Ideas from product: Oat bar',
  type: 'GENERATE_IDEAS_FROM_PRODUCT',
  status: 'cancelled',
  startedAgo: 50,
  createdAgo: 55,
}
const partial: ScenarioTask = {
  title: 'Viral ideas: Oat milk',
  type: 'GENERATE_VIRAL_IDEAS',
  progress: 70,
  remaining: 12,
  fields: { partialResult: { ideas: ['A barista duel in oat foam', 'The last cow applies for a job'] } },
}
const ofColleague: ScenarioTask = {
  title: 'Personas: Silver surfers',
  type: 'AUTO_GENERATE_PERSONAS',
  progress: 40,
  createdAgo: 30,
  fields: { userId: 'grace', createdBy: 'grace' },
}
const cancelledByColleague: ScenarioTask = {
  title: 'Brand kit: Aurora',
  type: 'GENERATE_BRAND_KIT',
  status: 'cancelled',
  startedAgo: 50,
  createdAgo: 55,
  fields: { cancelledBy: 'grace' },
}
const longNames: ScenarioTask[] = [
  {
    title:
      'Media plan: Spring sale for young parents in the metropolitan area of Rhine-Ruhr, second wave, with radio and out-of-home',
    progress: 34,
    remaining: 400,
  },
  {
    title: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft_final_v12_approved.docx',
    type: 'GENERATE_BRAND_KIT',
    status: 'failed',
    fields: {
      lastError:
        'https://assets.example.com/aurora/brand/2027/spring/logos/primary-horizontal-full-colour-transparent@4x.svg is no image.',
      errorCode: 'generator_refused',
    },
  },
]

const TYPES = [
  ['GENERATE_MEDIA_PLAN', 'Media plan'],
  ['GENERATE_BRAND_KIT', 'Brand kit'],
  ['AUTO_GENERATE_PERSONAS', 'Personas'],
  ['GENERATE_CONTENT_PACKAGE', 'Content package'],
] as const

/** The tasks of a workday: two run, the others wait. */
function manyTasks(count: number): ScenarioTask[] {
  return Array.from({ length: count }, (_, index) => {
    const [type, name] = TYPES[index % TYPES.length] ?? TYPES[0]
    const title = `${name}: Market ${index + 1}`
    return index < 2
      ? { title, type, progress: 20 + 35 * index, remaining: 40 }
      : { title, type, status: 'queued', position: index - 1 }
  })
}

/** The states of the components, by name. Each call creates fresh tasks. */
export const taskScenarios = {
  none: () => createTaskScenario([]),
  one: () => createTaskScenario([running]),
  three: () => createTaskScenario([running, unmeasured, waiting]),
  many: () => createTaskScenario(manyTasks(200)),
  longNames: () => createTaskScenario(longNames),
  waiting: () => createTaskScenario([nextInLine, waiting]),
  scheduled: () => createTaskScenario([scheduled, scheduledForTomorrow]),
  retrying: () => createTaskScenario([retrying]),
  throttled: () => createTaskScenario([throttled]),
  following: () => createTaskScenario([unmeasured, following, followingSeveral, unfollowed]),
  failed: () => createTaskScenario([failed, lost]),
  /** Failures that a changed input can mend: one refused it, the other took too long. */
  refused: () => createTaskScenario([refused, tooMuch]),
  finished: () => createTaskScenario([finished, cancelled]),
  partial: () => createTaskScenario([partial]),
  items: () => createTaskScenario([withItems]),
  /**
   * A running task of the user, `ada`, one that `grace` cancelled, and one of `grace`, which a server shows with
   * `authorize: () => 'brand'`.
   */
  colleagues: () => createTaskScenario([running, ofColleague, cancelledByColleague]),
  /** Every group has a task. */
  everything: () => createTaskScenario([running, unmeasured, retrying, waiting, failed, finished, cancelled]),
} as const satisfies Record<string, () => TaskScenario>
