import { describe, expect, it } from 'vitest'
import { fillLock } from './lock-fill.mjs'

describe('fillLock', () => {
  it('lists packages of other platforms, with os and cpu so that npm installs them only there', () => {
    const optionalDependencies = { '@n/swc-darwin-arm64': '1.0.0', '@n/swc-linux-x64-gnu': '1.0.0', '@n/swc-linux-x64-musl': '1.0.0', 'some-extra': '2.0.0', '@n/old-x64': '^1.0.0' }
    const lock = { packages: { '': {}, 'node_modules/next': { dev: true, optionalDependencies }, 'node_modules/@n/swc-linux-x64-gnu': { version: '1.0.0', integrity: 'kept' } } }
    expect(fillLock(lock)).toEqual(['@n/swc-darwin-arm64@1.0.0', '@n/swc-linux-x64-musl@1.0.0'])
    expect(lock.packages).toMatchObject({
      'node_modules/@n/swc-darwin-arm64': { version: '1.0.0', cpu: ['arm64'], os: ['darwin'], optional: true, dev: true },
      'node_modules/@n/swc-linux-x64-gnu': { integrity: 'kept' },
      'node_modules/@n/swc-linux-x64-musl': { version: '1.0.0', cpu: ['x64'], os: ['linux'], libc: ['musl'], optional: true, dev: true },
    })
    expect(Object.keys(lock.packages)).toEqual(Object.keys(lock.packages).toSorted())
    expect(fillLock(lock)).toEqual([])
  })
})
