import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Family } from '@/lib/adapters/model'
import { treeOf } from '@/lib/testing/configurations'
import { compareTrees } from './difference'
import { compareRaw } from './raw-difference'
import { holdsSecret, type TreeNode, type TreeSection } from './tree'

/** Every secret has this in it, in the clear or below base64 or hex. `n` says which one, `round` makes it another one. */
const planted = (n: number, round: number) => `cAnAry${round}x${String(n).padStart(2, '0')}`
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
const pem = (secret: string, kind = 'PRIVATE KEY') => `-----BEGIN ${kind}-----\n${base64(`${secret} and forty more bytes of nothing`)}\n-----END ${kind}-----`

type Place = readonly [what: string, xml: (secret: string) => string]
const el = (path: string, value: string): string => path.split('/').reduceRight((inside, name) => `<${name}>${inside}</${name}>`, value)

const BOTH: readonly Place[] = [
  ['certificate key', (s) => el('cert', `<refid>c1</refid><descr>web</descr><crt>${base64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----')}</crt><prv>${base64(pem(s))}</prv>`)],
  ['certificate authority key', (s) => el('ca', `<refid>a1</refid><descr>own</descr><prv>${base64(pem(s, 'RSA PRIVATE KEY'))}</prv>`)],
  ['OpenVPN server TLS key', (s) => el('openvpn/openvpn-server', `<vpnid>1</vpnid><description>road</description><tls>${base64(`#\n-----BEGIN OpenVPN Static key V1-----\n${s}\n-----END OpenVPN Static key V1-----`)}</tls>`)],
  ['OpenVPN shared key', (s) => el('openvpn/openvpn-client', `<vpnid>2</vpnid><shared_key>${base64(s)}</shared_key>`)],
  ['OpenVPN client password', (s) => el('openvpn/openvpn-client', `<vpnid>3</vpnid><auth_user>u</auth_user><auth_pass>${s}</auth_pass>`)],
  ['OpenVPN custom options', (s) => el('openvpn/openvpn-server', `<vpnid>4</vpnid><custom_options>push "route 10.0.0.0";management-client-auth;http-proxy-user-pass ${s};verb 3</custom_options>`)],
  ['a key block in custom options', (s) => el('openvpn/openvpn-server', `<vpnid>5</vpnid><custom_options>&lt;key&gt;\n${pem(s, 'EC PRIVATE KEY')}\n&lt;/key&gt;</custom_options>`)],
  ['options in base64', (s) => el('unbound', `<custom_options>${base64(`server:\n  forward-zone: x\n  tls-secret: ${s}\n`)}</custom_options>`)],
  ['IPsec pre-shared key', (s) => el('ipsec/phase1', `<ikeid>1</ikeid><pre-shared-key>${s}</pre-shared-key>`)],
  ['IPsec mobile key', (s) => el('ipsec/mobilekey', `<ident>road</ident><pre-shared-key>${s}</pre-shared-key>`)],
  ['CARP password', (s) => el('virtualip/vip', `<mode>carp</mode><vhid>3</vhid><password>${s}</password>`)],
  ['HA sync password', (s) => el('hasync', `<username>admin</username><password>${s}</password>`)],
  ['SNMP community', (s) => el('snmpd', `<rocommunity>${s}</rocommunity>`)],
  ['PPPoE password', (s) => el('ppps/ppp', `<ptpid>0</ptpid><username>line</username><password>${base64(s)}</password>`)],
  ['dynamic DNS password', (s) => el('dyndnses/dyndns', `<id>0</id><host>h</host><password>${s}</password>`)],
  ['licence key in the query of a URL', (s) => el('aliases/alias', `<name>geo</name><url>https://geo.example.test/app?edition_id=x&amp;license_key=${s}&amp;suffix=zip</url>`)],
  ['DNS update key', (s) => el('dnsupdates/dnsupdate', `<host>h</host><keydata>${s}</keydata>`)],
  ['RADIUS secret', (s) => el('system/authserver', `<refid>r1</refid><name>radius</name><radius_secret>${s}</radius_secret>`)],
  ['LDAP bind password', (s) => el('system/authserver', `<refid>l1</refid><name>ldap</name><ldap_bindpw>${s}</ldap_bindpw>`)],
  ['DHCP DNS key', (s) => el('dhcpd/lan', `<ddnsdomainkey>${s}</ddnsdomainkey>`)],
  ['captive portal RADIUS key', (s) => el('captiveportal/zone1', `<radiuskey>${s}</radiuskey>`)],
  ['voucher key', (s) => el('voucher/zone1', `<privatekey>${base64(s)}</privatekey>`)],
  ['SMTP password', (s) => el('notifications/smtp', `<ipaddress>mail</ipaddress><password>${s}</password>`)],
  ['password in a description', (s) => el('filter/rule', `<tracker>1</tracker><interface>lan</interface><descr><![CDATA[printer, password: ${s}]]></descr>`)],
  ['password in a URL', (s) => el('aliases/alias', `<name>feed</name><url>https://user:${s}@feeds.example.test/list</url>`)],
  ['token in the query of a URL', (s) => el('aliases/alias', `<name>feed2</name><url>https://feeds.example.test/list?api_key=${s}&amp;v=1</url>`)],
  ['hash in a note', (s) => el('filter/rule', `<tracker>2</tracker><interface>lan</interface><descr>old root $6$rounds=5000$${s}abcdefgh</descr>`)],
  ['cron command', (s) => el('cron/item', `<minute>1</minute><command>/usr/local/bin/curl -u backup:${s} https://x.example.test/</command>`)],
  ['Slack webhook', (s) => el('cron/item', `<minute>2</minute><command>curl https://hooks.slack.com/services/T000/B000/${s}</command>`)],
  ['unknown plug-in’s secret', (s) => el('somepackage/config', `<client_secret>${s}</client_secret>`)],
  ['attribute of an unknown part', (s) => `<otherpackage api-key="${s}"><x/></otherpackage>`],
  ['key block in an unknown part', (s) => el('thirdpackage', `<blob>${pem(s)}</blob>`)],
  ['key in hex in a note', (s) => el('filter/rule', `<tracker>3</tracker><interface>lan</interface><descr>static ${Buffer.from(`${s}-${s}`).toString('hex')}</descr>`)],
]

const OPNSENSE: readonly Place[] = [
  ['user hash', (s) => el('system/user', `<uid>0</uid><name>root</name><password>$2y$10$${s}abcdefghijkl</password>`)],
  ['one-time seed', (s) => el('system/user', `<uid>1</uid><name>anna</name><otp_seed>${s}</otp_seed>`)],
  ['API key', (s) => el('system/user', `<uid>2</uid><name>api</name><apikeys><item><key>${s}</key><secret>$6$$${s}abcdefgh</secret></item></apikeys>`)],
  ['WireGuard private key', (s) => el('OPNsense/wireguard/server/servers', `<server uuid="1"><name>wg0</name><pubkey>public</pubkey><privkey>${s}</privkey></server>`)],
  ['WireGuard pre-shared key', (s) => el('OPNsense/wireguard/client/clients', `<client uuid="2"><name>peer</name><psk>${s}</psk></client>`)],
  ['IPsec key of the model', (s) => el('OPNsense/IPsec/preSharedKeys', `<preSharedKey uuid="3"><ident>a</ident><Key>${s}</Key></preSharedKey>`)],
  ['IPsec key pair', (s) => el('OPNsense/IPsec/keyPairs', `<keyPair uuid="4"><name>k</name><privateKey>${pem(s)}</privateKey></keyPair>`)],
  ['OpenVPN static key', (s) => el('OPNsense/OpenVPN/StaticKeys', `<StaticKey uuid="5"><description>k</description><key>${s}</key></StaticKey>`)],
  ['ACME account', (s) => el('OPNsense/AcmeClient/accounts', `<account uuid="6"><name>le</name><key>${base64(s)}</key></account>`)],
  ['DNS keys of ACME', (s) => el('OPNsense/AcmeClient/validations', `<validation uuid="v1"><name>dns</name><dns_cf_key>${s}</dns_cf_key><dns_ovh_consumer_key>${s}</dns_ovh_consumer_key><dns_ali_key>${s}</dns_ali_key></validation>`)],
  ['ACME external account', (s) => el('OPNsense/AcmeClient/accounts', `<account uuid="v2"><name>zero</name><eab_hmac>${s}</eab_hmac></account>`)],
  ['intrusion detection code', (s) => el('OPNsense/IDS/files', `<tag uuid="v3"><property>et_pro</property></tag><oinkcode>${s}</oinkcode>`)],
  ['BGP password', (s) => el('OPNsense/quagga/bgp/neighbors', `<neighbor uuid="7"><address>10.0.0.2</address><password>${s}</password></neighbor>`)],
  ['cloud backup', (s) => el('system/remotebackup', `<GDriveP12key>${base64(s)}</GDriveP12key><GDrivePassword>${s}</GDrivePassword>`)],
  ['Telegraf token', (s) => el('OPNsense/telegraf/output', `<influx_v2_token>${s}</influx_v2_token>`)],
]

const PFSENSE: readonly Place[] = [
  ['user hash', (s) => el('system/user', `<uid>0</uid><name>admin</name><bcrypt-hash>$2y$10$${s}abcdefghijkl</bcrypt-hash>`)],
  ['old user hashes', (s) => el('system/user', `<uid>1</uid><name>anna</name><md5-hash>${s}</md5-hash><nt-hash>${s}</nt-hash><sha512-hash>${s}</sha512-hash>`)],
  ['user IPsec key', (s) => el('system/user', `<uid>2</uid><name>road</name><ipsecpsk>${s}</ipsecpsk>`)],
  ['WireGuard private key', (s) => el('installedpackages/wireguard/tunnels', `<item><name>tun_wg0</name><privatekey>${s}</privatekey></item>`)],
  ['WireGuard pre-shared key', (s) => el('installedpackages/wireguard/peers', `<item><publickey>public</publickey><presharedkey>${s}</presharedkey></item>`)],
  ['REST API key hash', (s) => el('installedpackages/package', `<internal_name>restapi</internal_name><conf><keys><item><username>u</username><hash>${s}</hash></item></keys></conf>`)],
  ['v1 API key', (s) => el('installedpackages/package', `<internal_name>api</internal_name><conf><keys><key><client_id>id</client_id><client_token>${s}</client_token></key></keys></conf>`)],
  ['users of a PPPoE server', (s) => el('pppoes/pppoe', `<pppoeid>1</pppoeid><username>anna:${base64(s)}:10.0.0.9 bob:${base64(s)}</username>`)],
  ['Snort codes', (s) => el('installedpackages/snortglobal', `<oinkmastercode>${s}</oinkmastercode><etpro_code>${s}</etpro_code>`)],
  ['MaxMind key', (s) => el('installedpackages/pfblockerngipsettings/config', `<maxmind_key>${s}</maxmind_key>`)],
  ['one-time PIN', (s) => el('installedpackages/freeradius/config', `<varusersusername>m</varusersusername><varusersmotppin>${s}</varusersmotppin>`)],
  ['RADIUS user', (s) => el('installedpackages/freeradius/config', `<varusersusername>u</varusersusername><varuserspassword>${s}</varuserspassword>`)],
  ['RADIUS client', (s) => el('installedpackages/freeradiusclients/config', `<varclientip>10.0.0.1</varclientip><varclientsharedsecret>${s}</varclientsharedsecret>`)],
  ['ACME account', (s) => el('installedpackages/acme/accountkeys', `<item><name>le</name><accountkey>${base64(pem(s))}</accountkey></item>`)],
  ['Telegram token', (s) => el('notifications/telegram', `<api>${s}</api><chatid>1</chatid>`)],
  ['Pushover', (s) => el('notifications/pushover', `<api>${s}</api><user>${s}</user>`)],
  ['configuration backup service', (s) => el('system/acb', `<encryption_password>${s}</encryption_password>`)],
]

const document = (root: string, places: readonly Place[], round: number) => `<?xml version="1.0"?><${root}>${places.map(([, xml], n) => xml(planted(n, round))).join('')}<system><hostname>fw</hostname></system></${root}>`

/** Strings below base64 and hex as well, so that nothing hides. */
function layers(text: string): string[] {
  const runs = text.match(/[A-Za-z0-9+/=]{16,}/g) ?? []
  const hex = text.match(/[0-9a-f]{16,}/gi) ?? []
  return [text, ...runs.map((run) => Buffer.from(run, 'base64').toString('latin1')), ...hex.map((run) => Buffer.from(run, 'hex').toString('latin1')), ...runs.map((run) => Buffer.from(Buffer.from(run, 'base64').toString('latin1').match(/[A-Za-z0-9+/=]{16,}/)?.[0] ?? '', 'base64').toString('latin1'))]
}
const leaks = (text: string, places: readonly Place[], round: number): string[] => {
  const all = layers(text).join('\n').toLowerCase()
  return places.flatMap(([what], n) => (all.includes(planted(n, round).toLowerCase()) ? [what] : []))
}
const rawOf = (before: readonly TreeSection[], after: readonly TreeSection[]) => after.map((section) => compareRaw(before.find(({ name }) => name === section.name) ?? null, section))
/** With the elements, which an opened section reads only when asked. */
const whole = (sections: readonly TreeSection[]) => JSON.stringify(sections.map(({ items }) => items.map((item) => ({ ...item, node: item.node }))))
const secretsIn = (node: TreeNode): number => (typeof node[1] === 'string' ? Number(holdsSecret(node[1])) : node[1].reduce((sum, child) => sum + secretsIn(child), 0)) + (node[2] ?? []).filter(([, value]) => holdsSecret(value)).length

describe.each([
  ['opnsense', 'opnsense', [...BOTH, ...OPNSENSE]],
  ['pfsense-v2', 'pfsense', [...BOTH, ...PFSENSE]],
] as const satisfies readonly (readonly [Family, string, readonly Place[]])[])('secrets of %s', (family, root, places) => {
  const [before, after] = [treeOf(family, document(root, places, 1)), treeOf(family, document(root, places, 2))]

  it('at least 30 kinds are planted, and each becomes a mark', () => {
    expect(places.length).toBeGreaterThanOrEqual(30)
    expect(before.flatMap(({ items }) => items).reduce((sum, { node }) => sum + secretsIn(node), 0)).toBeGreaterThanOrEqual(places.length)
  })

  it('none stands in the tree, in what is stored of it, or in labels', () => {
    expect(leaks(whole(before), places, 1)).toEqual([])
  })

  it('none stands in a difference, and each one that changed is said to have changed', () => {
    const { changes } = compareTrees(before, after)
    const told = JSON.stringify(changes)
    expect([...leaks(told, places, 1), ...leaks(told, places, 2)]).toEqual([])
    expect(told).not.toContain('\\u0001')
    expect(changes.flatMap(({ values }) => values).filter(({ secret }) => secret).length).toBeGreaterThanOrEqual(places.length)
    expect(changes.flatMap(({ values }) => values).filter(({ secret }) => !secret)).toEqual([])
  })

  it('none stands in lines of XML', () => {
    const told = JSON.stringify(rawOf(before, after))
    expect([...leaks(told, places, 1), ...leaks(told, places, 2)]).toEqual([])
    expect(told).not.toContain('\\u0001')
    expect(told).toContain('[secret, changed]')
  })

  it('a mark tells nothing: neither the length nor where else the secret stands in another installation', () => {
    const marks = [...whole(before).matchAll(/\\u0001([^\\]*)\\u0002/g)].map(([, mark]) => mark ?? '')
    expect(new Set(marks.map(({ length }) => length))).toEqual(new Set([22]))
  })
})

describe('what is no secret', () => {
  it('stays as it is: names, choices, references, public keys and certificates', () => {
    const certificate = base64('-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----')
    const source = `<opnsense><system><ssh><passwordauth>1</passwordauth></ssh><webgui><ssl-certref>6123abc</ssl-certref></webgui></system><cert uuid="9"><refid>x</refid><crt>${certificate}</crt></cert><filter><rule uuid="1"><type>pass</type><interface>lan</interface><descr>Pass the password reset page</descr></rule></filter><OPNsense><wireguard><server><servers><server uuid="2"><pubkey>fE/wdxzl0klVp/IR8UcaoGUMjqaWi3jAd7KzHKFS6Ds=</pubkey></server></servers></server></wireguard></OPNsense></opnsense>`
    expect(whole(treeOf('opnsense', source))).not.toContain('\\u0001')
  })
  it('a forged mark cannot come in by JSON', () => {
    const tree = whole(treeOf('pfsense-v1', JSON.stringify({ system: { hostname: '\u0001aaaa\u0002' } }), 'json'))
    expect(tree).not.toContain('\\u0001')
  })
  it('binary data is looked at without harm', () => {
    expect(() => treeOf('opnsense', `<opnsense><rrddata><x>${gunzipSync.name}${base64('\u0000\u0001\u0002binary and more of it')}</x></rrddata><system/></opnsense>`)).not.toThrow()
  })
})
