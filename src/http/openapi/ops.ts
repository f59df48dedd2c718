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
    summary: 'The process lives',
    replies: ok({ json: { type: 'object', properties: { ok: { const: true } }, required: ['ok'] } }),
  },
  {
    ...common,
    method: 'get',
    path: '/readyz',
    summary: 'It can take work: database, storage, an engine that answered lately',
    replies: {
      200: { description: 'It can.', content: ready },
      503: { description: 'It cannot; `checks` says why.', content: ready },
    },
  },
  {
    ...common,
    method: 'get',
    path: '/metrics',
    summary: 'Figures for Prometheus',
    replies: { 200: { description: 'As text.', content: { 'text/plain': TEXT } } },
  },
  {
    ...common,
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    replies: ok({ json: { type: 'object' } }),
  },
]
