import { describe, expect, it } from 'vitest'
import { COMMANDS, toPackageCommands } from './commands'
import { honoursDryRun, parseApiVersion } from './read-version'

const commandOf = (purpose: string, ...input: Parameters<typeof toPackageCommands>) =>
  toPackageCommands(...input).find((command) => command.purpose === purpose)?.command

describe('commands that are sent', () => {
  it('are these and no others', () => {
    expect(COMMANDS).toEqual({
      checkForUpdates: '/usr/local/sbin/pfSense-upgrade -c',
      readConfiguration: 'sha256 -q /cf/conf/config.xml && openssl base64 -A -in /cf/conf/config.xml && echo && sha256 -q /cf/conf/config.xml',
      startUpdate: '/usr/sbin/daemon -f /usr/local/sbin/pfSense-upgrade -y -l /cf/conf/upgrade_log.txt',
      readProgress:
        'stat -f "%m %z" /cf/conf/upgrade_log.txt 2>/dev/null || echo "0 0"; pgrep -f "[p]fSense-upgrade -y" > /dev/null && echo running || echo idle; tail -c 6000 /cf/conf/upgrade_log.txt 2>/dev/null | openssl base64 -A; echo',
      readFacts:
        'echo "boot=$(sysctl -n kern.boottime)"; echo "disk=$(df -k / | tail -n 1)"; echo "pf=$(pfctl -s info 2>/dev/null | head -n 1)"; echo "rules=$(pfctl -s rules 2>/dev/null | grep -c .)"; pfctl -nf /tmp/rules.debug > /dev/null 2>&1; echo "check=$?"; echo "lock=$(ls -d /tmp/SystemUpdateDispatcher.lock 2>/dev/null)"; echo "run=$(pgrep -f "[p]fSense-upgrade -y")"',
    })
  })
})

describe('commands of the API package card', () => {
  it('installs the build for this base version', () => {
    expect(commandOf('install', '2.8.1', 'v2.10.0', [])).toBe(
      'pkg-static add https://github.com/pfrest/pfSense-pkg-RESTAPI/releases/download/v2.10.0/pfSense-2.8.1-pkg-RESTAPI.pkg',
    )
    expect(commandOf('install', '25.11.1', null, [])).toBe(
      'pkg-static -C /dev/null add https://github.com/pfrest/pfSense-pkg-RESTAPI/releases/download/v2.10.0/pfSense-25.11.1-pkg-RESTAPI.pkg',
    )
    expect(commandOf('install', '2.9.0', 'v2.10.0', [])).toContain('releases/latest/download/pfSense-2.9.0-')
    expect(commandOf('install', '2.7.2', 'v2.10.0', [])).toBeUndefined()
  })

  it('lets nothing but numbers of the firewall into a line that a person runs as root', () => {
    for (const base of ['2.8.1; rm -rf /', '$(id)', '2.8.1\nid', '../2.8', '', null]) expect(commandOf('install', base, 'v2.10.0', [])).toBeUndefined()
    const hostile = toPackageCommands('2.8.1', 'v2.10.0; id', ['v2.9.0; id', '`id`', 'v2.9.0\nid'])
    expect(hostile.map(({ command }) => command).join('\n')).not.toMatch(/[;`$]|\bid\b/)
  })

  it('goes back to the newest older release that is on offer', () => {
    expect(commandOf('revert', '2.8.1', 'v2.10.0', ['v2.10.0', 'v2.9.0', 'v2.8.5', 'v2.11.0'])).toBe('pfsense-restapi revert v2.9.0')
    expect(commandOf('revert', '2.8.1', 'v2.10.0', [])).toBeUndefined()
  })

  it('names where to paste each', () => {
    const all = toPackageCommands('2.8.1', 'v2.10.0', ['v2.9.0'])
    expect(all.map(({ purpose }) => purpose)).toEqual(['install', 'update', 'revert', 'uninstall', 'restart-gui'])
    expect(all.every(({ note }) => note.includes('Command Prompt'))).toBe(true)
  })
})

describe('versions of the API package', () => {
  it.each([
    ['v2.10.0', true],
    ['v2.8.0', true],
    ['2.8', true],
    ['v2.7.7', false],
    ['v2.7', false],
    ['v2.8.0-beta', false],
    ['v3.0.0', false],
    ['', false],
    [null, false],
  ])('%s honours dry_run: %s', (version, expected) => {
    expect(honoursDryRun(version)).toBe(expected)
  })

  it('compares numbers, not text', () => {
    expect(parseApiVersion('v2.10.0')).toEqual([2, 10, 0])
  })
})
