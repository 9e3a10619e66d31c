// Puts secrets into every reply that can hold them in reality, so that tests can search for leaks.
import { isObject, type Json, type JsonObject } from './json'

/** Keys under which real replies carry secrets, with the form of the value. */
function secretsOf(canary: string): JsonObject {
  return {
    prv: `-----BEGIN PRIVATE KEY-----\n${canary}-private-key\n-----END PRIVATE KEY-----`,
    prv_payload: `-----BEGIN RSA PRIVATE KEY-----\n${canary}-rsa-key\n-----END RSA PRIVATE KEY-----`,
    privatekey: `${canary}-wireguard-key`,
    'preshared-key': `${canary}-preshared-key`,
    preshared_key: `${canary}-preshared-key`,
    'bcrypt-hash': `$2y$10$${canary}-bcrypt-hash`,
    'sha512-hash': `$6$rounds=5000$${canary}-crypt-hash`,
    password: `${canary}-password`,
    pppoe_password: `${canary}-pppoe-password`,
    'pre-shared-key': `${canary}-ipsec-psk`,
  }
}

const scalars = (value: JsonObject) => Object.values(value).filter((item) => typeof item !== 'object' || item === null).length

/** A map such as device to name must stay as it is: only things with several plain fields get secrets added. */
function planted(value: Json, secrets: JsonObject, isRoot: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? { ...plantedFields(item, secrets), ...secrets } : planted(item, secrets, false)))
  if (!isObject(value)) return value
  const fields = plantedFields(value, secrets)
  return !isRoot && scalars(value) >= 3 ? { ...fields, ...secrets } : fields
}

function plantedFields(value: JsonObject, secrets: JsonObject): JsonObject {
  const fields = Object.entries(value).map(([key, item]): [string, Json] => [key, planted(item, secrets, false)])
  // A list that is fetched from a URL with a sign-in: its user name is half of the secret.
  const signIn: JsonObject = 'authtype' in value ? { authtype: 'Basic', username: `${String(secrets['password'])}-user` } : {}
  return { ...Object.fromEntries(fields), ...signIn }
}

/** The root object is the family's envelope and stays free of additions. */
export const plantSecrets = (body: Json, canary: string): Json => planted(body, secretsOf(canary), true)
