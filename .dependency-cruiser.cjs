const only = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

const FAMILIES = 'opnsense|pfsense-v1|pfsense-v2'
const TEST_CODE = '(\\.(test|spec)\\.tsx?$|/testing/|/testing\\.ts$|__fixtures__/|^e2e/|^vitest\\.config)'
/** Files of domain folders that pages and components may import: words, schemas and shapes without a server behind them. */
const BROWSER_SAFE = '^lib/(adapters/model\\.ts$|[^/]+/(input|words|dto|states|roles|actions)\\.ts$|queries/|format/|overview/findings\\.ts$|reports/month\\.ts$|plans/ring-states\\.ts$|alerts/rules\\.ts$|notices/kinds\\.ts$|lists/(list|where)\\.ts$|windows/(occurrences|local-time)\\.ts$|polling/(intervals|reachability)\\.ts$|query-language/(fields|condition|formats|values|nearest|narrow|regex-literals|parse)\\.ts$|core/(errors|api-error|result|cn|merge-classes)\\.ts$)'

module.exports = {
  forbidden: [
    only('no-cycles', {}, { circular: true }, 'Cycles hide who owns what.'),
    only('app-is-a-leaf', { pathNot: '^app/' }, { path: '^app/' }, 'Nothing imports a route or page.'),
    only('ui-knows-no-server', { path: '^components/' }, { path: '^lib/', pathNot: BROWSER_SAFE }, 'Browser code stops at models, schemas, queries and formats; anything else would ship the server to the browser.'),
    only('primitives-know-no-domain', { path: '^components/ui/' }, { path: '^(lib/(?!core/(cn|errors|api-error)|format/)|components/(?!ui/))' }, 'components/ui is domain-free; formats and error codes are words of every page.'),
    only('routes-stay-thin', { path: '^app/' }, { path: '^lib/(db|secrets|outbound|adapters/(?!model|words))/' }, 'Routes and pages call use cases, which ask for permission; never the database, a secret or a firewall.'),
    only('core-is-the-floor', { path: '^lib/core/' }, { path: '^(lib/(?!core/)|app/|components/)' }, 'core imports nothing of ours.'),
    only('outbound-knows-core-only', { path: '^lib/outbound/', pathNot: TEST_CODE }, { path: '^(lib/(?!core/|outbound/)|app/|components/)' }, 'The one way out decides by addresses and certificates alone.'),
    only('adapters-are-pure-io', { path: '^lib/adapters/', pathNot: TEST_CODE }, { path: '^(lib/(?!adapters/|core/|outbound/)|app/|components/)' }, 'Adapters know no database and no operators.'),
    only('families-are-islands', { path: `^lib/adapters/(${FAMILIES})/`, pathNot: TEST_CODE }, { path: `^lib/adapters/(${FAMILIES})/`, pathNot: '^lib/adapters/$1/' }, 'Families share through model.ts and adapter.ts; a change for one must not touch another.'),
    only('families-through-registry', { path: '^(app|lib|components)/', pathNot: `(^lib/adapters/(registry|${FAMILIES})|${TEST_CODE})` }, { path: `^lib/adapters/(${FAMILIES})/` }, 'Nobody names a vendor but the registry.'),
    only('database-below-domain', { path: '^lib/(db|secrets)/', pathNot: TEST_CODE }, { path: '^lib/(customers|sites|firewalls|visits|fleet-lists|enrolment|ha|search|overview|history|backups|configuration|drift|bulk|views|choices|channels|team|tokens|account|settings|installation-backup|audit-copies|metrics|updates|plans|rollout|emergency-stop|firmware|advisories|reverts|reports|brand|windows|live|http|worker|admin|queries)/(?!input|words|dto|states|findings)' }, 'Storage serves the domain and does not know it.'),
    only('domain-below-http', { path: '^lib/(customers|sites|firewalls|visits|fleet-lists|enrolment|ha|search|overview|history|backups|configuration|drift|bulk|views|choices|channels|team|tokens|account|settings|installation-backup|audit-copies|metrics|updates|plans|rollout|emergency-stop|firmware|advisories|reverts|reports|brand|windows|live|audit|auth|secrets|db|adapters|outbound|core)/', pathNot: TEST_CODE }, { path: '^lib/(http|queries|worker|admin)/' }, 'A use case does not know whether a route, a worker or a command calls it.'),
    only('browser-safe-stays-safe', { path: BROWSER_SAFE }, { path: '^lib/', pathNot: BROWSER_SAFE }, 'These files end up in the browser with everything they import.'),
    only('commands-stand-alone', { path: '^lib/cli/', pathNot: TEST_CODE }, { path: '^(lib/(?!cli/)|app/|components/)' }, 'Commands run before anything is installed or built.'),
    only('no-test-code-in-product', { pathNot: TEST_CODE }, { path: `${TEST_CODE.slice(0, -1)}|^lib/cli/test-)`, pathNot: '^lib/cli/test' }, 'Tests import product, not the reverse.'),
    only('no-orphans', { orphan: true, pathNot: '(\\.d\\.ts$|^app/|^lib/cli/|\\.config\\.|^lib/http/preload\\.mjs$|^lib/core/empty\\.cjs$)' }, {}, 'A file that nobody imports and that imports nothing is dead.'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(node_modules|\\.next|\\.build|lib/db/generated)' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.d.ts'] },
  },
}
