// config.xml, as the command gives it.
import type { ConfigurationShape } from '@/lib/adapters/configuration'
import { WITH_PACKAGES } from '@/lib/adapters/configuration-with-packages'

export const configuration: ConfigurationShape = { root: 'pfsense', ...WITH_PACKAGES }
