// Whether letters act by themselves. Speech input and some keyboards need them off.
const NAME = 'palisade-single-keys'

/** On unless this browser was told otherwise. */
export function singleKeysOn(): boolean {
  try {
    return window.localStorage.getItem(NAME) !== 'off'
  } catch {
    return true
  }
}

/** Kept in this browser; one without storage keeps them on. */
export function setSingleKeys(on: boolean): void {
  try {
    if (on) window.localStorage.removeItem(NAME)
    else window.localStorage.setItem(NAME, 'off')
  } catch {
    // Nothing to keep it in.
  }
}
