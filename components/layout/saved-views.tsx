'use client'

/** The place of the saved views in the sidebar. */
export function SavedViews() {
  return null
}
