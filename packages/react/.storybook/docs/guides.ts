import type { PartGuide } from './anatomy.js'

/** What a designer reads about a component, beside what its stories show and its props say. */
export interface Guide {
  status: 'stable' | 'beta'
  fits: readonly string[]
  fitsNot: readonly string[]
  do: readonly string[]
  dont: readonly string[]
  parts?: readonly PartGuide[]
  /** The story of the anatomy. Default: the first. */
  anatomy?: string
}

/** Keyed by the name of the component, which is the title of its stories. */
export const GUIDES: Readonly<Record<string, Guide>> = {
  TaskStatusIndicator: {
    status: 'stable',
    fits: [
      'Work that takes longer than a person waits: more than about four seconds.',
      'Several tasks at once, from any page of the app, over a reload and in every tab.',
      'Failures that need a person: they stay until they are dealt with.',
    ],
    fitsNot: [
      'Something quick: use a button that says “Saving…”.',
      'The one task that a page is about: use TaskProgress on that page, and keep the pill for the others.',
      'The whole past: use TaskHistory.',
    ],
    parts: [
      ['root', 'Everything that the component renders.'],
      ['panel', 'The list that the pill opens. It never grows higher than the window.'],
      ['group', 'Tasks of one kind: active, in need of attention, finished.'],
      ['row', 'One task.'],
      ['title', 'The name of the task, from the catalog or from `getTitle`.'],
      ['detail', 'Its step, its time and what is left; or why it waits.'],
      ['progress', 'A bar; without a value as long as the progress is unknown.'],
      ['actions', 'What can be done with this task now.'],
      ['pill', 'The number of tasks and their joint progress. A click opens and closes the panel.'],
    ],
    do: [
      'Mount it once, in the layout, so that it stays while pages change.',
      'Raise `--brandkit-inset-block` if a chat bubble lives in the corner.',
      'Give tasks titles that a person would say: “Media plan: Spring sale”.',
      'Pass `onOpenResult`, so that a finished task leads somewhere.',
    ],
    dont: [
      'Do not open the panel by yourself when a task starts. The toast tells, and the person goes on working.',
      'Do not hide failures after a time.',
      'Do not put ids or file paths into titles.',
      'Do not place it over a button that people need.',
    ],
  },
  TaskNotification: {
    status: 'stable',
    fits: [
      'Telling that a task started, ended, failed or was cancelled, while the person does something else.',
      'One action: open the result, or try again.',
    ],
    fitsNot: [
      'What needs an answer before the person may go on: use a dialog.',
      'Errors of a form: say them beside the field.',
      'Progress: the pill and the panel have it.',
    ],
    parts: [['toast', 'One message about one task, or about several that ended together.']],
    do: [
      'Mount it once, beside TaskStatusIndicator: both share the corner and never cover each other.',
      'Leave the durations as they are: they pause under the pointer, in focus and in a hidden tab.',
    ],
    dont: [
      'Do not let failures go away by themselves.',
      'Do not show a second toast of your own for the same task.',
      'Do not give a toast more than one action besides its dismissal.',
    ],
  },
  TaskProgress: {
    status: 'beta',
    fits: ['The task that a page is about, at the place where its result will be.'],
    fitsNot: ['Tasks from elsewhere: the pill has them.'],
    do: ['Keep its place when the result arrives, so that nothing jumps.'],
    dont: ['Do not repeat the same task in a dialog above the page.'],
  },
  TaskSteps: {
    status: 'beta',
    fits: ['Work whose steps mean something to the person: “Estimating reach”, “Writing posts”.'],
    fitsNot: ['Technical steps. Name them for people, or leave them out.'],
    do: ['Name steps by what happens, in the present: “Finding angles”.'],
    dont: ['Do not show a single step: a bar says more.'],
  },
  TaskHistory: {
    status: 'beta',
    fits: ['Finding a result again, and tidying up: search, filters, many at once.'],
    fitsNot: ['What runs now: the panel has it in every page.'],
    do: ['Give it a page, or the width of a sheet.'],
    dont: ['Do not start with a filter that hides failures.'],
  },
  TaskOperations: {
    status: 'beta',
    fits: ['People who look after everybody’s tasks: support, operators, on-call engineers.'],
    fitsNot: ['Customers: they have the panel and TaskHistory.'],
    do: ['Put it behind a role that your server checks.'],
    dont: ['Do not show payloads to people who may not read them.'],
  },
}
