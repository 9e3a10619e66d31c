import { bundleThread } from './build.mjs'

/** Vitest calls this once before all test files: the thread that parses configurations must be what the sources say. */
export default async function setup() {
  await bundleThread()
}
