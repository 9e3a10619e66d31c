'use client'
import { useEffect, useEffectEvent, useState, useSyncExternalStore, type ComponentType } from 'react'
import { arrivalOf, WAITING } from './arrival'
import { DidNotArrive } from './did-not-arrive'
import { holdKeys, pressIn } from './held-keys'

type Dialogs<P> = { /** Gives up what was asked for. */ leave: (props: P) => void; isOpen?: (props: P) => boolean }

/**
 * A component that is fetched when it is first drawn: pages are not larger for what few open. One that cannot be fetched
 * says so and can be asked for again, instead of taking the page down with it. With `dialog`, keys that are pressed
 * meanwhile are for the dialog.
 */
export function arriving<P extends object>(load: () => Promise<ComponentType<P>>, dialog?: Dialogs<P>): ComponentType<P> {
  const arrival = arrivalOf(load)
  return function Arriving(props: P) {
    const state = useSyncExternalStore(arrival.subscribe, arrival.state, () => WAITING)
    // Whoever draws it anew asks anew.
    useEffect(() => void arrival.ask(), [])
    const leave = (): void => dialog?.leave(props)
    const isAsked = dialog !== undefined && (dialog.isOpen?.(props) ?? true)
    return (
      <>
        {isAsked && state.is !== 'failed' && <KeysForDialog isThere={state.is === 'there'} onLeave={leave} />}
        {state.is === 'there' && <state.part {...props} />}
        {state.is === 'failed' && (dialog === undefined || isAsked) && <DidNotArrive onRetry={() => void arrival.ask()} onLeave={dialog && leave} />}
      </>
    )
  }
}

/** A dialog that is there and has not got the focus after so many frames will not get it; keys go to the page again. */
const FRAMES_MAX = 60
const dialogWithFocus = (): Element | null => document.activeElement?.closest('[role=dialog],[role=alertdialog]') ?? null

/** Holds keys from when a dialog is asked for until it has the focus. One that is there at once needs none of it. */
function KeysForDialog({ isThere, onLeave }: { isThere: boolean; onLeave: () => void }) {
  const [hadToWait] = useState(!isThere)
  const leave = useEffectEvent(onLeave)
  const isStillFetched = useEffectEvent(() => !isThere)
  useEffect(() => {
    if (!hadToWait) return undefined
    // One that stands below, and keeps the focus until this one is there.
    const below = dialogWithFocus()
    const held = holdKeys(() => leave())
    const press = (event: KeyboardEvent): void => held.press(event)
    let frame = 0
    let frames = 0
    const stop = (): void => {
      cancelAnimationFrame(frame)
      window.removeEventListener('keydown', press, true)
    }
    const look = (): void => {
      const now = dialogWithFocus()
      if (!isStillFetched()) frames += 1
      if ((now === null || now === below) && frames < FRAMES_MAX) {
        frame = requestAnimationFrame(look)
        return
      }
      stop()
      if (now === null || now === below) return
      // Where the focus is may change with each.
      for (const key of held.take()) pressIn(document.activeElement ?? now, key)
    }
    window.addEventListener('keydown', press, true)
    frame = requestAnimationFrame(look)
    return stop
  }, [hadToWait])
  return null
}
