// Keys that are pressed while what they are for is on its way: `s`, then `4`, silences an alert for four hours also where
// the dialog between them has still to be fetched.

const FIELDS = 'input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable=true]'
/** Longer than anybody waits and types; a key that stays down must not fill the memory. */
const MOST = 50

type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; repeat: boolean; target: EventTarget | null; preventDefault: () => void; stopImmediatePropagation: () => void }

const isInField = (target: EventTarget | null): boolean => typeof Element !== 'undefined' && target instanceof Element && target.closest(FIELDS) !== null

/** Takes letters and digits so that the page behind does nothing with them, and Esc, which gives up. */
export function holdKeys(onLeave: () => void) {
  let keys: readonly string[] = []
  return {
    press(event: Pressed): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isInField(event.target)) return
      if (event.key !== 'Escape' && event.key.length !== 1) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (event.key === 'Escape') onLeave()
      // What stays down from opening it is no further key.
      else if (!event.repeat && keys.length < MOST) keys = [...keys, event.key]
    },
    /** What was pressed, once. */
    take(): readonly string[] {
      const held = keys
      keys = []
      return held
    },
  }
}

/** As if it were pressed there; in a field it is typed unless the key means something else. */
export function pressIn(element: Element, key: string): void {
  const isFree = element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  if (!isFree || !(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) || element.selectionStart === null) return
  element.setRangeText(key, element.selectionStart, element.selectionEnd ?? element.selectionStart, 'end')
  element.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
