import type { RestoreInstructions } from '@/lib/adapters/adapter'
import { restoreWithPackages } from '@/lib/adapters/restore-with-packages'

export const restoreInstructions = (version: string | null): RestoreInstructions => restoreWithPackages(version, 'The REST API package')
