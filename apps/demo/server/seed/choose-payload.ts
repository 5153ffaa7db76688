import type { TaskPayload } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { drawBrief, type DraftedType } from '../testing/draw-brief.ts'
import { EXAMPLE_PAYLOADS } from '../testing/example-payloads.ts'

const TOPICS = ['Coffee', 'Camping', 'Sleep', 'Cycling', 'Second-hand', 'Gardening'] as const

/** A realistic payload of this type. The same number gives the same payload. */
export function choosePayload(type: BrandTaskType, brief: number): TaskPayload {
  const example = EXAMPLE_PAYLOADS[type]
  if ('window' in example) return { ...example, topic: TOPICS[brief % TOPICS.length] ?? TOPICS[0] }
  return drawBrief(type as DraftedType, brief).payload
}
