// The only commands ever sent to a firewall of this family, and the commands of the API package card, which a person
// pastes. Commands that are sent are constants: no text from an operator or a firewall is ever part of one.
import type { Posture } from '@/lib/adapters/model'
import { releaseFor } from './map-package-builds'
import { compareApiVersions, parseApiVersion } from './read-version'

export const COMMANDS = {
  /** Prints one line; exit code 0 = up to date, 2 = an update is offered, 75 = another package run (contract section 7). */
  checkForUpdates: '/usr/local/sbin/pfSense-upgrade -c',
  /**
   * Prints the hash of the configuration, the configuration in base64 and its hash again, one line each: what changed or got
   * lost in between shows. In base64, because output that is not UTF-8 comes back as nothing (contract section 7).
   */
  readConfiguration: 'sha256 -q /cf/conf/config.xml && openssl base64 -A -in /cf/conf/config.xml && echo && sha256 -q /cf/conf/config.xml',
  /**
   * Starts the update of the system detached, with its log in a file, as the web interface does; nothing of it is cut after some
   * minutes (contract section 7). Nothing but this exact text is ever sent, and at most once for an update.
   */
  startUpdate: '/usr/sbin/daemon -f /usr/local/sbin/pfSense-upgrade -y -l /cf/conf/upgrade_log.txt',
  /**
   * Prints time and size of that log, whether an update runs (whoever started it), and the end of the log in base64. The bracket
   * keeps the command from finding itself.
   */
  readProgress: 'stat -f "%m %z" /cf/conf/upgrade_log.txt 2>/dev/null || echo "0 0"; pgrep -f "[p]fSense-upgrade -y" > /dev/null && echo running || echo idle; tail -c 6000 /cf/conf/upgrade_log.txt 2>/dev/null | openssl base64 -A; echo',
  /** Changes nothing: start of the system, free space, whether the packet filter runs, has rules and would take those written last, a left lock. */
  readFacts: 'echo "boot=$(sysctl -n kern.boottime)"; echo "disk=$(df -k / | tail -n 1)"; echo "pf=$(pfctl -s info 2>/dev/null | head -n 1)"; echo "rules=$(pfctl -s rules 2>/dev/null | grep -c .)"; pfctl -nf /tmp/rules.debug > /dev/null 2>&1; echo "check=$?"; echo "lock=$(ls -d /tmp/SystemUpdateDispatcher.lock 2>/dev/null)"; echo "run=$(pgrep -f "[p]fSense-upgrade -y")"',
} as const

export const COMMAND_PERMISSION =
  'Palisade then runs a few fixed commands as root on this pfSense, such as the update check and reading the whole configuration for a backup. None of them holds text from an operator or from the firewall, and each is an audit entry. The user of the credential needs api-v2-diagnostics-command-prompt-post, with which it can do everything on the firewall.'

type PackageCommand = NonNullable<Posture['packageCommands']>[number]

const RELEASES = 'https://github.com/pfrest/pfSense-pkg-RESTAPI/releases'
const WHERE = 'Paste it into a shell of the firewall (SSH or console, option 8) or under Diagnostics › Command Prompt.'
/** A base version goes into a line that a person runs as root: nothing but numbers may pass. */
const BASE = /^\d{1,2}\.\d{1,2}(?:\.\d{1,2})?$/

/**
 * Commands of the API package card. `base` is the running pfSense version (`2.8.1`, Plus `25.11.1`); without a plain one
 * there is no install command, because the package is built for one version each.
 */
export function toPackageCommands(base: string | null, installed: string | null, available: readonly string[]): PackageCommand[] {
  return [
    ...installCommand(base, installed),
    {
      purpose: 'update',
      label: 'Update to the newest version',
      command: 'pfsense-restapi update',
      note: `${WHERE} Turn on Keep Backup first, so that settings and keys stay.`,
    },
    ...revertCommand(installed, available),
    { purpose: 'uninstall', label: 'Uninstall', command: 'pfsense-restapi delete', note: `${WHERE} Palisade cannot reach the firewall afterwards.` },
    {
      purpose: 'restart-gui',
      label: 'Restart the web GUI',
      command: '/etc/rc.restart_webgui',
      note: `${WHERE} Needed once after an install; open pages lose their connection for some seconds.`,
    },
  ]
}

/**
 * The line that installs the package on this base. Null where no release is known that was built for it; a base that is newer
 * than all that are known gets the newest release, with a word that this was not seen.
 */
export function toInstallLine(base: string | null, installed: string | null): { command: string | null; note: string } {
  if (base === null || !BASE.test(base)) return { command: null, note: `Which build fits is not known without the version. Look it up among the releases of the API package (${RELEASES}).` }
  const release = releaseFor(base, parseApiVersion(installed))
  if (release === null) return { command: null, note: `No release of the API package is known that was built for pfSense ${base}. Look for one among its releases (${RELEASES}).` }
  const folder = release === 'newest' ? `${RELEASES}/latest/download` : `${RELEASES}/download/v${release.join('.')}`
  const isPlus = Number(base.split('.')[0]) >= 20
  const command = `pkg-static ${isPlus ? '-C /dev/null ' : ''}add ${folder}/pfSense-${base}-pkg-RESTAPI.pkg`
  return { command, note: release === 'newest' ? `${WHERE} Palisade knows of no build for pfSense ${base} yet: make sure that the newest release lists it (${RELEASES}).` : WHERE }
}

function installCommand(base: string | null, installed: string | null): PackageCommand[] {
  const { command, note } = toInstallLine(base, installed)
  return command === null ? [] : [{ purpose: 'install', label: `Install for pfSense ${base ?? ''}`, command, note: `${note} It is built for pfSense ${base ?? ''}: after a system update, put the new version in its place and take a release that lists it (${RELEASES}).` }]
}

function revertCommand(installed: string | null, available: readonly string[]): PackageCommand[] {
  const current = parseApiVersion(installed)
  if (current === null) return []
  const older = available
    .map(parseApiVersion)
    .filter((version) => version !== null)
    .filter((version) => compareApiVersions(version, current) < 0)
    .sort(compareApiVersions)
    .at(-1)
  if (older === undefined) return []
  const version = `v${older.join('.')}`
  return [{ purpose: 'revert', label: `Go back to ${version}`, command: `pfsense-restapi revert ${version}`, note: `${WHERE} Read its release notes first.` }]
}
