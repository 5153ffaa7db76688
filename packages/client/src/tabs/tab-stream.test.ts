import type { TaskJson, TaskStreamEvent } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { createListeners } from '../create-listeners.js'
import type { TabMessage } from './tab-channel.js'
import { createTabStream } from './tab-stream.js'
import type { TaskTabs } from './task-tabs.js'

const task = { taskId: 'task-1', version: 2 } as TaskJson

/** One tab; the test plays the other tabs. */
function openTab({ leads }: { leads: boolean }) {
  let isLeader = leads
  const leadership = createListeners()
  const messages = createListeners<TabMessage>()
  const posted: TabMessage[] = []
  const tabs: TaskTabs = {
    isLeader: () => isLeader,
    isShared: () => true,
    subscribe: leadership.subscribe,
    post: (message) => void posted.push(message),
    onMessage: messages.subscribe,
    start: () => () => {},
  }
  const lead = () => {
    isLeader = true
    leadership.tell()
  }
  return { tabs, posted, receive: messages.tell, lead }
}

function listenTo(tab: ReturnType<typeof openTab>, { hasWatch = true } = {}) {
  const events: TaskStreamEvent[] = []
  const onAlive = vi.fn()
  const controller = new AbortController()
  const watch = vi.fn(async () => {})
  const stream = createTabStream({ watch: hasWatch ? watch : undefined, tabs: tab.tabs })
  const ended = stream({ signal: controller.signal, onEvent: (event) => events.push(event), onAlive })
  return { events, onAlive, watch, controller, ended }
}

describe('the event stream of a tab', () => {
  it('is the server’s for the leader', async () => {
    const tab = openTab({ leads: true })
    const { watch, ended } = listenTo(tab)
    await ended
    expect(watch).toHaveBeenCalledOnce()
    expect(tab.posted).toEqual([])
  })

  it('is what the leader tells for every other tab, which asks for all of it first', () => {
    const tab = openTab({ leads: false })
    const { events, watch, onAlive } = listenTo(tab)
    expect(tab.posted).toEqual([{ kind: 'join' }])
    tab.receive({ kind: 'snapshot', tasks: [task], hints: {} })
    tab.receive({ kind: 'tasks', tasks: [], hints: { 'task-1': { position: 3 } } })
    expect(events).toMatchObject([
      { event: 'snapshot', data: { tasks: [task] } },
      { event: 'tasks', data: { hints: { 'task-1': { position: 3 } } } },
    ])
    expect(onAlive).toHaveBeenCalledTimes(2)
    expect(watch).not.toHaveBeenCalled()
  })

  it('knows by the beats of a leader that it lives, and by no other word', () => {
    const tab = openTab({ leads: false })
    const { events, onAlive } = listenTo(tab)
    tab.receive({ kind: 'beat', connection: { state: 'live' } })
    for (const kind of ['ask', 'hidden', 'join'] as const) tab.receive({ kind })
    expect(onAlive).toHaveBeenCalledOnce()
    expect(events).toEqual([])
  })

  it('goes on with the server’s once the tab leads, and ignores the others from then on', async () => {
    const tab = openTab({ leads: false })
    const { events, watch, ended } = listenTo(tab)
    tab.lead()
    await ended
    expect(watch).toHaveBeenCalledOnce()
    tab.receive({ kind: 'snapshot', tasks: [task], hints: {} })
    expect(events).toEqual([])
  })

  it('has nothing to tell the leader of a service without streams', async () => {
    const { events, ended } = listenTo(openTab({ leads: true }), { hasWatch: false })
    await ended
    expect(events).toEqual([{ event: 'end', data: {} }])
  })

  it('is let go of by its signal', async () => {
    const tab = openTab({ leads: false })
    const { events, watch, controller, ended } = listenTo(tab)
    controller.abort('gone')
    await expect(ended).rejects.toBe('gone')
    tab.receive({ kind: 'snapshot', tasks: [task], hints: {} })
    expect(events).toEqual([])
    expect(watch).not.toHaveBeenCalled()
  })
})
