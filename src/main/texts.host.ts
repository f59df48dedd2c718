import { serveWork } from '../adapters/thread/serve.ts'
import { TEXT_WORK } from '../http/text-work.ts'

serveWork(TEXT_WORK)
