import { SavedViewsNav } from '@/components/views/saved-views-nav'

/** The place of the saved views in the sidebar. */
export function SavedViews() {
  return <SavedViewsNav />
}
