// config.xml, and the JSON of the same, as the old API package gives it.
import type { ConfigurationShape } from '@/lib/adapters/configuration'
import { WITH_PACKAGES } from '@/lib/adapters/configuration-with-packages'

export const configuration: ConfigurationShape = { root: 'pfsense', ...WITH_PACKAGES }
