// Families are islands, so what two of them share stands beside them.
import { SHARED_LISTS, SHARED_OPEN, SHARED_PARTS, SHARED_SECRETS, SHARED_SECTIONS, SHARED_VOLATILE, type ConfigurationShape, type ListRule } from './configuration'

const inPackage = (path: string, noun: string, identity: readonly string[], name: readonly string[]): ListRule => ({ path: `installedpackages/${path}`, noun, identity, name })

const packageLists: readonly ListRule[] = [
  inPackage('package', 'Package', ['internal_name'], ['name']),
  inPackage('service', 'Service of a package', [], ['name']),
  inPackage('menu', 'Menu entry of a package', [], ['name']),
  inPackage('wireguard/tunnels/item', 'WireGuard tunnel', ['name'], ['descr', 'name']),
  inPackage('wireguard/peers/item', 'WireGuard peer', ['publickey'], ['descr', 'publickey']),
  inPackage('haproxy/ha_backends/item', 'HAProxy frontend', [], ['name']),
  inPackage('haproxy/ha_pools/item', 'HAProxy backend', [], ['name']),
  inPackage('freeradius/config', 'RADIUS user', [], ['varusersusername']),
  inPackage('freeradiusclients/config', 'RADIUS client', [], ['varclientshortname', 'varclientip']),
  inPackage('acme/accountkeys/item', 'ACME account', [], ['name']),
  inPackage('acme/certificates/item', 'ACME certificate', [], ['name']),
]

/** The layout in which packages keep their settings below <installedpackages>; both API packages read the same firewalls. */
export const WITH_PACKAGES: Omit<ConfigurationShape, 'root'> = {
  sections: [
    ...SHARED_SECTIONS,
    ['installedpackages/wireguard', 'vpn-wireguard'],
    ['installedpackages/openvpn', 'vpn-openvpn'],
    ['installedpackages/tailscale', 'vpn-other'],
    ['installedpackages/tailscaleauth', 'vpn-other'],
    ['installedpackages/tinc', 'vpn-other'],
    ['installedpackages/squid', 'proxy'],
    ['installedpackages/freeradius', 'users'],
    ['installedpackages/freeradiusclients', 'users'],
    ['installedpackages/acme', 'certificates'],
    ['installedpackages/frr', 'routing'],
    ['installedpackages/frrbgpneighbors', 'routing'],
    ['installedpackages', 'packages'],
    ['kea', 'dhcp'],
  ],
  lists: [...SHARED_LISTS, ...packageLists],
  parts: [...SHARED_PARTS, 'installedpackages'],
  volatile: SHARED_VOLATILE,
  secrets: [
    ...SHARED_SECRETS,
    'hasync/password',
    'telegram/api',
    'pushover/api',
    'pushover/user',
    'slack/api',
    'acb/encryption_password',
    'restapi/*/keys/*/hash',
    'keys/item/hash',
    'keys/item/key',
    'item/hash',
    'accountkeys/item/accountkey',
    'tunnels/item/privatekey',
    'peers/item/presharedkey',
    'freeradius/config/varuserspassword',
    'freeradiusclients/config/varclientsharedsecret',
    'frrbgpneighbors/config/password',
    'tailscaleauth/config/preauthkey',
    'tinc/config/cert_key',
    'tinc/config/cert_priv',
  ],
  open: SHARED_OPEN,
  emptyIsAbsent: [],
}
