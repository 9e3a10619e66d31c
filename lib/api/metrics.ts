import { operation } from '@/lib/http/operation'
import { metricsInput } from '@/lib/metrics/input'
import { readMetrics } from '@/lib/metrics/read'

export const metricsOperations = {
  read: operation({ id: 'readMetrics', method: 'get', path: '/metrics', tag: 'metrics', summary: 'Figures of the fleet and of Palisade itself, in the text format of Prometheus', input: metricsInput, output: 'download', run: readMetrics }),
}
