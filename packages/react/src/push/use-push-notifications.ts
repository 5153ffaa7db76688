'use client'

import { describeError } from '@brandkit/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type PushOptions, type PushState, readPushState, turnPushOff, turnPushOn } from './push-subscription.js'

export interface PushNotifications {
  /** `checking` until the browser has answered, and on a server. */
  state: PushState | 'checking'
  /** Whether a change is under way. */
  isBusy: boolean
  /** The reason why the last change failed. */
  error: Error | null
  /** Asks the user for permission, so call it in a click. Never rejects. */
  turnOn: () => Promise<void>
  /** Never rejects. */
  turnOff: () => Promise<void>
}

/** Whether this browser shows messages of ended tasks although the page is closed, and the way to change that. */
export function usePushNotifications(options: PushOptions): PushNotifications {
  const latest = useRef(options)
  const [state, setState] = useState<PushNotifications['state']>('checking')
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<Error | null>(null)

  useEffect(() => {
    latest.current = options
  })

  useEffect(() => {
    let isGone = false
    readPushState().then(
      (read) => !isGone && setState(read),
      () => !isGone && setState('unsupported'),
    )
    return () => {
      isGone = true
    }
  }, [])

  const change = useCallback(async (work: (given: PushOptions) => Promise<PushState>) => {
    setIsBusy(true)
    setError(null)
    try {
      setState(await work(latest.current))
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(describeError(reason)))
    } finally {
      setIsBusy(false)
    }
  }, [])
  const turnOn = useCallback(() => change(turnPushOn), [change])
  const turnOff = useCallback(() => change(turnPushOff), [change])

  return { state, isBusy, error, turnOn, turnOff }
}
