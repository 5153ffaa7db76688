'use client'

import { type TaskJson, toBackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useOperations } from './operations-context.js'
import { inTaskSlot } from './operations-looks.js'
import { CopyButton } from './run-facts.js'

/** A longer value is cut on the page; its copy is whole. */
const MOST_CHARACTERS = 50_000

/** What the task was given and what it made, as JSON. Slots may show it better. */
export function RunContent({ json }: { json: TaskJson }): ReactNode {
  const { text, looks } = useOperations()
  const task = toBackgroundTask(json)
  const result = json.result ?? json.partialResult
  return (
    <>
      {json.payload !== undefined &&
        inTaskSlot(looks, 'payload', task, <JsonView name={text('drawer.payload')} value={json.payload} />)}
      {result !== undefined &&
        inTaskSlot(looks, 'result', task, <JsonView name={text('drawer.result')} value={result} />)}
    </>
  )
}

function JsonView({ name, value }: { name: string; value: unknown }): ReactNode {
  const { text } = useOperations()
  const json = JSON.stringify(value, null, 2)
  return (
    <details className="brandkit-drawer-json" open>
      <summary>{name}</summary>
      <CopyButton name={text('drawer.copy', { name })} value={json} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} role="region" aria-label={name} dir="ltr">
        {json.length > MOST_CHARACTERS ? `${json.slice(0, MOST_CHARACTERS)}…` : json}
      </pre>
    </details>
  )
}
