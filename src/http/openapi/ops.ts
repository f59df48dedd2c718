import { json, type Operation, ok, TEXT } from './operation.ts'

const common = { tag: 'Operation', errors: 'none', security: [] } satisfies Partial<Operation>

const ready = json({
  json: {
    type: 'object',
    properties: {
      ready: { type: 'boolean' },
      checks: { type: 'object', additionalProperties: { type: 'string' } },
      engines: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            model: { type: 'string' },
            standIn: { type: 'boolean' },
            device: { type: 'string' },
            note: { type: 'string' },
          },
          required: ['model', 'standIn'],
        },
      },
    },
    required: ['ready', 'checks', 'engines'],
  },
})

export const opsOperations: Operation[] = [
  {
    ...common,
    method: 'get',
    path: '/healthz',
    summary: 'Liveness',
    description: 'The process is running. For a supervisor’s liveness probe.',
    replies: ok({ json: { type: 'object', properties: { ok: { const: true } }, required: ['ok'] } }),
  },
  {
    ...common,
    method: 'get',
    path: '/readyz',
    summary: 'Readiness',
    description:
      'Whether this server can take work: it reaches its database and storage, and an engine answered lately. For a load balancer.',
    replies: {
      200: { description: 'It can.', content: ready },
      503: { description: 'It cannot; `checks` says why.', content: ready },
    },
  },
  {
    ...common,
    method: 'get',
    path: '/metrics',
    summary: 'Metrics',
    description: 'Figures in Prometheus’s text format.',
    replies: { 200: { description: 'As text.', content: { 'text/plain': TEXT } } },
  },
  {
    ...common,
    method: 'get',
    path: '/openapi.json',
    summary: 'Get this document',
    description: 'OpenAPI 3.1, made from the schemas that requests are validated with.',
    replies: ok({ json: { type: 'object' } }),
  },
]
