// What is ever sent as a command to this family, and the commands that a person pastes on the API package card.
import type { Posture } from '@/lib/adapters/model'

/**
 * The only commands ever sent. No other reading needs one, nor does the firmware check, which has an endpoint of its own since
 * 1.5.0 (contract section 7); the credential test asks for the privilege with a request that names no command at all.
 */
export const COMMANDS = {
  /**
   * Prints the hash of the configuration, the configuration in base64, its hash again and the exit code, one line each: what
   * changed or got lost in between shows. In base64, because output that is not UTF-8 comes back as nothing.
   */
  readConfiguration: 'sha256 -q /cf/conf/config.xml && openssl base64 -A -in /cf/conf/config.xml && echo && sha256 -q /cf/conf/config.xml; echo "rc=$?"',
  /**
   * Starts the update of the system detached, with its log in a file, as the web interface does; nothing of it is cut after some
   * minutes (contract section 7). Nothing but this exact text is ever sent, and at most once for an update.
   */
  startUpdate: '/usr/sbin/daemon -f /usr/local/sbin/pfSense-upgrade -y -l /cf/conf/upgrade_log.txt; echo "rc=$?"',
  /**
   * Prints time and size of that log, whether an update runs (whoever started it), and the end of the log in base64. The bracket
   * keeps the command from finding itself.
   */
  readProgress: 'stat -f "%m %z" /cf/conf/upgrade_log.txt 2>/dev/null || echo "0 0"; pgrep -f "[p]fSense-upgrade -y" > /dev/null && echo running || echo idle; tail -c 6000 /cf/conf/upgrade_log.txt 2>/dev/null | openssl base64 -A; echo',
  /** Changes nothing: start of the system, free space, whether the packet filter runs, has rules and would take those written last, a left lock. */
  readFacts: 'echo "boot=$(sysctl -n kern.boottime)"; echo "disk=$(df -k / | tail -n 1)"; echo "pf=$(pfctl -s info 2>/dev/null | head -n 1)"; echo "rules=$(pfctl -s rules 2>/dev/null | grep -c .)"; pfctl -nf /tmp/rules.debug > /dev/null 2>&1; echo "check=$?"; echo "lock=$(ls -d /tmp/SystemUpdateDispatcher.lock 2>/dev/null)"; echo "run=$(pgrep -f "[p]fSense-upgrade -y")"',
} as const

export const COMMAND_PERMISSION =
  'Commands run as root on the firewall. The pfSense API v1 can start a firmware update and give its configuration as a file only through one, so without this switch Palisade shows and checks firmware here but cannot update it, and backups are for comparison only. Only fixed commands are sent, and each is an audit entry.'

const RELEASES = 'https://github.com/jaredhendrickson13/pfsense-api/releases/download'

/** Newest v1 release with a build for each pfSense base (contract section 1). Builds before 2.7 end in .txz. */
const BUILDS: Record<string, { release: string; file: string; earlier?: string }> = {
  '2.5': { release: 'v1.5.0', file: 'pfSense-2.5-pkg-API.txz' },
  '2.6': { release: 'v1.5.0', file: 'pfSense-2.6-pkg-API.txz' },
  '22.01': { release: 'v1.5.0', file: 'pfSense-22.01-pkg-API.txz' },
  '22.05': { release: 'v1.5.0', file: 'pfSense-22.05-pkg-API.txz' },
  '23.01': { release: 'v1.6.5', file: 'pfSense-23.01-pkg-API.pkg' },
  '23.05': { release: 'v1.6.5', file: 'pfSense-23.05-pkg-API.pkg' },
  '23.09': { release: 'v1.7.6', file: 'pfSense-23.09-pkg-API.pkg' },
  '2.7': { release: 'v1.9.0', file: 'pfSense-2.7-pkg-API.pkg', earlier: 'v1.7.6' },
  '24.03': { release: 'v1.9.0', file: 'pfSense-24.03-pkg-API.pkg', earlier: 'v1.7.6' },
  '24.11': { release: 'v1.9.0', file: 'pfSense-24.11-pkg-API.pkg' },
}

const WHERE = 'Paste it under Diagnostics, Command Prompt, or into a shell on the firewall.'
type PackageCommand = NonNullable<Posture['packageCommands']>[number]

const ALWAYS: readonly PackageCommand[] = [
  { purpose: 'uninstall', label: 'Uninstall the API package', command: 'pfsense-api delete', note: `${WHERE} Palisade cannot reach the firewall afterwards.` },
  {
    purpose: 'restart-gui',
    label: 'Restart the web GUI',
    command: '/etc/rc.restart_webgui',
    note: `${WHERE} Needed after each install, else PUT and DELETE answer 405.`,
  },
]

/** Commands for exactly this base version; null base = not known. `gap` says why some are left out. */
export function packageCommands(base: string | null): { commands: PackageCommand[]; gap: string | null } {
  const build = base === null ? undefined : BUILDS[base]
  if (build === undefined) {
    const gap =
      base === null
        ? 'The pfSense version is not known, so no build can be named.'
        : `There is no build of the v1 package for pfSense ${base}. Such a firewall takes the REST API package v2.`
    return { commands: [...ALWAYS], gap }
  }
  const { release, file, earlier = release } = build
  return {
    gap: null,
    commands: [
      {
        purpose: 'install',
        label: `Install ${release} for pfSense ${base}`,
        command: `pkg-static add ${RELEASES}/${release}/${file} && /etc/rc.restart_webgui`,
        note: `${WHERE} Needed again after every update of pfSense, which removes the package.`,
      },
      {
        purpose: 'update',
        label: `Update to ${release}`,
        command: `pfsense-api revert ${release}`,
        note: `${WHERE} It names the release, because the newest release of the project is another package (v2) and "pfsense-api update" would ask for that.`,
      },
      {
        purpose: 'revert',
        label: `Go back to ${earlier}`,
        command: `pfsense-api revert ${earlier}`,
        note: `${WHERE} Puts the named release in place of the installed one.`,
      },
      ...ALWAYS,
    ],
  }
}
